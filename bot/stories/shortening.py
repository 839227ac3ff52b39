"""How much of a story's beginning is read in short, once not all of it fits word for word. Pure."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = 4


def in_short(saved: Sequence[int], excess: int, budget: int) -> int:
    """Return how many of a path's summaries stand in for its passages, counted from the beginning.

    `saved` says how many tokens the first one, two, three ... of them spare; `excess` is by how many the whole story
    goes beyond its `budget`. What must be spared is rounded up to a quarter of the budget: so the boundary moves once
    in many turns, and in between all before it is read from a warm row. Where no number of summaries spares so much,
    all of them stand in.
    """
    if excess <= 0:
        return 0
    block = max(1, budget // BLOCKS)
    goal = -(-excess // block) * block
    return next((count for count, tokens in enumerate(saved, 1) if tokens >= goal), len(saved))
