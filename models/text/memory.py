"""How much memory keys and values may take, and what fits into it (pure but for the one question to the device)."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import ModelUnavailable
from models.hardware import MIB, free_and_total

BLOCK_TOKENS = 256
LANES_SHARE = 0.75
MEASURED_SHARE = {"cpu": 0.25, "cuda": 0.5}
MEASURED_CAP_MIB = {"cpu": 4 * 1024, "cuda": 24 * 1024}


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """What fits: rows decoded at once, tokens a row, and the bound in bytes for running and warm rows together."""

    slots: int
    window_tokens: int
    budget_bytes: int


def measured_budget(device: str) -> int:
    """Take a stated share of the bytes that are free now, under an absolute cap; never whatever is left."""
    free = free_and_total(device)[0]
    return min(int(free * MEASURED_SHARE[device]), MEASURED_CAP_MIB[device] * MIB)


def plan(budget_bytes: int, token_bytes: int, slots: int, window_tokens: int) -> MemoryPlan:
    """Fit `slots` rows of `window_tokens` into the running rows' share: fewer rows first, then a shorter window.

    Raises `ModelUnavailable` when not even one block of tokens fits.
    """
    tokens = int(budget_bytes * LANES_SHARE) // token_bytes
    if tokens < min(window_tokens, BLOCK_TOKENS):
        raise ModelUnavailable(
            f"{budget_bytes / MIB:.0f} MiB for keys and values hold fewer than {BLOCK_TOKENS} tokens "
            f"of this model ({token_bytes / 1024:.0f} KiB each): allow more, or take a smaller model"
        )
    window = min(window_tokens, tokens)
    return MemoryPlan(min(slots, tokens // window), window, budget_bytes)
