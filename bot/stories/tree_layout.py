"""Where each passage of a story's tree stands in its picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.story import Passage
from bot.stories.tree import Leaf, StoryTree


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage's place: its column is how far into the story it is, its row that of the first branch it is on."""

    passage: Passage
    column: int
    row: int
    parent: Spot | None


def lay_out(tree: StoryTree, leaves: Sequence[Leaf]) -> dict[int, Spot]:
    """Place what leads to these leaves, a row a branch from top to bottom, and to where the story stands."""
    by_id = {passage.id: passage for passage in tree.passages}
    spots: dict[int, Spot] = {}
    for row, leaf in enumerate(leaves):
        _place_way(by_id, spots, leaf.passage, row)
    tip = by_id.get(tree.story.tip_id or 0)
    if tip and tip.id not in spots:
        _place_way(by_id, spots, tip, len(leaves))
    return spots


def _place_way(by_id: dict[int, Passage], spots: dict[int, Spot], end: Passage, row: int) -> None:
    """Place a passage and what leads to it from where it leaves the branches placed before."""
    way: list[Passage] = []
    step: Passage | None = end
    while step and step.id not in spots:
        way.append(step)
        step = by_id[step.parent_id] if step.parent_id is not None else None
    before = spots[step.id] if step else None
    for passage in reversed(way):
        before = Spot(passage, before.column + 1 if before else 0, row, before)
        spots[passage.id] = before
