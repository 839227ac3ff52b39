"""A story's whole tree as a value: its branches, where they end, and which one the story is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.stories.story import Passage, Story


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a branch; `number` is what the picture and the choices call it, counted from 1."""

    number: int
    passage: Passage
    is_current: bool


@dataclass(frozen=True, slots=True)
class StoryTree:
    """All passages of a story (parents before children), the ids from root to tip, and every branch's end."""

    story: Story
    passages: tuple[Passage, ...]
    branch: tuple[int, ...]
    leaves: tuple[Leaf, ...]


def grow(story: Story, passages: Sequence[Passage]) -> StoryTree:
    """Build the tree of a story; branches are numbered depth first, as they are drawn from top to bottom."""
    by_id = {passage.id: passage for passage in passages}
    branch = _path_to(by_id, story.tip_id)
    ends = _ends(children_of(passages))
    leaves = tuple(
        Leaf(number, by_id[passage_id], is_current=passage_id == story.tip_id)
        for number, passage_id in enumerate(ends, start=1)
    )
    return StoryTree(story, tuple(passages), branch, leaves)


def _path_to(passages: Mapping[int, Passage], passage_id: int | None) -> tuple[int, ...]:
    """Return the ids from the root to a passage, both included."""
    path: list[int] = []
    while passage_id is not None:
        path.append(passage_id)
        passage_id = passages[passage_id].parent_id
    return tuple(reversed(path))


def below(passages: Sequence[Passage], passage_id: int) -> frozenset[int]:
    """Return the ids of a passage and of all that follows it; `passages` has parents before children."""
    found = {passage_id}
    for passage in passages:
        if passage.parent_id in found:
            found.add(passage.id)
    return frozenset(found)


def children_of(passages: Sequence[Passage]) -> dict[int | None, list[int]]:
    """Return the ids of each passage's children, oldest first; the first passages are the children of None."""
    children: dict[int | None, list[int]] = {}
    for passage in passages:
        children.setdefault(passage.parent_id, []).append(passage.id)
    return children


def _ends(children: Mapping[int | None, Sequence[int]]) -> list[int]:
    """List the passages without children, depth first; a loop, as a story may be longer than Python's stack."""
    ends: list[int] = []
    waiting = list(reversed(children.get(None, ())))
    while waiting:
        passage_id = waiting.pop()
        below = children.get(passage_id, ())
        waiting.extend(reversed(below))
        if not below:
            ends.append(passage_id)
    return ends
