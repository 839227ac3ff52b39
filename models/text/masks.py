"""Which earlier tokens each token may look at, in the form that a model's own forward takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.errors import ModelUnavailable

if TYPE_CHECKING:
    from torch import Tensor, dtype

FULL, SLIDING = "full_attention", "sliding_attention"


class Masks:
    """Build additive masks for a model's kinds of attention layers: full, sliding, or a mixture of both.

    A sliding layer keeps all its tokens in the lane and simply does not look at the older ones. Layers that keep a
    running state instead of tokens (linear attention, state spaces, convolutions) cannot be taken back to a shared
    prefix; a model that has some is refused with `ModelUnavailable`.
    """

    def __init__(self, config: Any) -> None:
        text = config.get_text_config(decoder=True)
        window = getattr(text, "sliding_window", None) if getattr(text, "use_sliding_window", True) else None
        kinds = set(getattr(text, "layer_types", None) or [SLIDING if window else FULL])
        if unknown := kinds - {FULL, SLIDING}:
            raise ModelUnavailable(
                f"{config.model_type} has layers of the kind {', '.join(sorted(unknown))}, which keep a running state "
                "that cannot be shared between requests: choose a model with full or sliding-window attention"
            )
        self._window: int | None = window if SLIDING in kinds else None
        # Models with `layer_types` take one mask a kind, by name; older ones take the one that all layers use.
        self._by_kind = self._window is not None and getattr(text, "layer_types", None) is not None

    def build(self, positions: Tensor, length: int, kind: dtype) -> Tensor | dict[str, Tensor]:
        """Return masks [rows, 1, tokens, length] for queries at `positions` [rows, tokens]."""
        import torch

        columns = torch.arange(length, device=positions.device)
        behind = positions[:, None, :, None] - columns
        full = _additive(behind >= 0, kind)
        if self._window is None:
            return full
        sliding = _additive((behind >= 0) & (behind < self._window), kind)
        return {FULL: full, SLIDING: sliding} if self._by_kind else sliding


def _additive(visible: Tensor, kind: dtype) -> Tensor:
    import torch

    return torch.zeros_like(visible, dtype=kind).masked_fill_(~visible, torch.finfo(kind).min)
