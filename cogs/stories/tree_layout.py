"""Where each passage stands in the picture of a story's tree: pure arithmetic over ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stop:
    """A passage worth a dot: a fork, a leaf or the one the story stands at; `skipped` others lie on the way to it."""

    id: int | None
    parent_id: int | None
    column: int
    row: float
    skipped: int


@dataclass(slots=True)
class _Sketch:
    children: dict[int | None, list[int]]
    kept: frozenset[int]
    row: int = 0
    stops: list[Stop] = field(default_factory=list)


def lay_out(parents: Mapping[int, int | None], leaves: Sequence[int], tip: int | None) -> list[Stop]:
    """Place the start (id None), every fork, leaf and the tip; runs without a fork shrink to one line.

    `parents` maps each passage to the one before it. Columns grow with each stop, rows with each leaf.
    """
    on_a_way = {id for leaf in (*leaves, *([tip] if tip else [])) for id in _way(parents, leaf)}
    children: dict[int | None, list[int]] = {}
    for id in sorted(on_a_way):
        children.setdefault(parents[id], []).append(id)
    kept = frozenset(id for id in on_a_way if len(children.get(id, ())) != 1 or id == tip)
    sketch = _Sketch(children, kept)
    _place(sketch, None, None, 0, 0)
    return sketch.stops


def _way(parents: Mapping[int, int | None], leaf: int) -> Iterator[int]:
    step: int | None = leaf
    while step is not None:
        yield step
        step = parents[step]


def _place(sketch: _Sketch, id: int | None, parent: int | None, column: int, skipped: int) -> float:
    """Place what follows a stop first, so that it can stand in the middle of it; return its row."""
    rows = [_follow(sketch, child, id, column + 1) for child in sketch.children.get(id, ())]
    if not rows:
        rows = [float(sketch.row)]
        sketch.row += 1
    row = (rows[0] + rows[-1]) / 2
    sketch.stops.append(Stop(id, parent, column, row, skipped))
    return row


def _follow(sketch: _Sketch, id: int, parent: int | None, column: int) -> float:
    """Walk a run without a fork to its end and place the stop that is there."""
    skipped = 0
    while id not in sketch.kept:
        id = sketch.children[id][0]
        skipped += 1
    return _place(sketch, id, parent, column, skipped)
