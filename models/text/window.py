"""Which parts of a prompt give way when the model's window is full (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

BLOCKS = 4


def dropped(sizes: Sequence[int], droppable: Sequence[bool], excess: int, budget: int) -> frozenset[int]:
    """Choose the oldest droppable parts so that at least `excess` of their tokens go; all of them if too few.

    The cut moves in blocks of a quarter of the budget, not with every turn: the prompt's beginning stays the same
    for many turns, and so does the warm row that holds it. Only if a whole block would leave no droppable part at
    all is the smaller cut taken.
    """
    if excess <= 0:
        return frozenset()
    block = max(1, budget // BLOCKS)
    candidates = [n for n, may_go in enumerate(droppable) if may_go]
    gone = list(accumulate(sizes[n] for n in candidates))
    needed = _reaching(gone, excess)
    rounded = _reaching(gone, -(-excess // block) * block)
    return frozenset(candidates[: rounded if rounded < len(candidates) else needed])


def _reaching(sums: Sequence[int], goal: int) -> int:
    """Count the parts whose sizes reach the goal, at most all."""
    return next((n for n, total in enumerate(sums, 1) if total >= goal), len(sums))
