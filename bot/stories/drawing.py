"""A story's tree as a picture: a dot a passage in its writer's colour, a row a branch, read from left to right."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.stories.lettering import fitted
from bot.stories.story import Passage
from bot.stories.tree import Leaf, StoryTree
from bot.stories.tree_layout import Spot, lay_out
from bot.words import say

# Drawn at twice the size and scaled down, which smooths the edges.
_SCALE = 2
_MARGIN_PX, _ROW_PX, _LABEL_PX, _STORY_PX = 28, 40, 360, 1_600
_STEP_MAX_PX, _DOT_MAX_PX, _TEXT_PX = 44, 10, 17
_LEGEND_COLUMN_PX, _LEGEND_ROW_PX, _WIDTH_MIN_PX = 220, 28, 720

_GROUND, _BRIGHT, _QUIET, _FAINT, _HERE = "#2b2d31", "#f2f3f5", "#a5a9b1", "#4e5058", "#ffd166"
_AI, _REMOVED = "#c9b6ff", "#80848e"
_WRITERS = (
    "#5dade2",
    "#58d68d",
    "#f5b041",
    "#ec7063",
    "#45d0c0",
    "#f78fb3",
    "#d4e157",
    "#ffab91",
    "#81a1ff",
    "#c0a080",
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TreePicture:
    """A PNG, and the sentence for those who cannot see it."""

    png: bytes
    alt: str


def draw_tree(tree: StoryTree, leaves: Sequence[Leaf] | None = None) -> TreePicture:
    """Draw the branches that end in `leaves` (by default all), numbered as the leaves are."""
    leaves = tree.leaves if leaves is None else leaves
    return TreePicture(_Drawing(tree, leaves).png(), alt_text(tree, leaves))


def alt_text(tree: StoryTree, leaves: Sequence[Leaf]) -> str:
    """Tell in words what the picture shows: how many branches there are, and where the story stands."""
    here = next((leaf for leaf in leaves if leaf.is_current), None)
    key = "stories.tree_alt_at_end" if here else "stories.tree_alt"
    return say(key, count=len(leaves), number=here.number if here else 0)


class _Drawing:
    """One picture while it is being drawn; sizes are in pixels of the finished one."""

    def __init__(self, tree: StoryTree, leaves: Sequence[Leaf]) -> None:
        self._tree = tree
        self._leaves = leaves
        self._branch = frozenset(tree.branch)
        self._spots = lay_out(tree, leaves)
        self._colours = colours_of(tree.passages)
        columns = max((spot.column for spot in self._spots.values()), default=0)
        rows = max((spot.row for spot in self._spots.values()), default=0) + 1
        self._step = min(_STEP_MAX_PX, _STORY_PX / max(columns, 1))
        self._dot = min(_DOT_MAX_PX, max(2.0, self._step * 0.4))
        self._width = int(max(_WIDTH_MIN_PX, 2 * _MARGIN_PX + columns * self._step + _LABEL_PX))
        self._legend_top = 2 * _MARGIN_PX + rows * _ROW_PX
        writers = _names_of(tree.passages)
        per_row = (self._width - 2 * _MARGIN_PX) // _LEGEND_COLUMN_PX
        height = self._legend_top + -(-len(writers) // per_row) * _LEGEND_ROW_PX + _MARGIN_PX
        self._image = Image.new("RGB", (self._width * _SCALE, height * _SCALE), _GROUND)
        self._pen = ImageDraw.Draw(self._image)
        self._draw(writers, per_row)

    def png(self) -> bytes:
        """Return the picture at its finished size."""
        size = (self._image.width // _SCALE, self._image.height // _SCALE)
        file = io.BytesIO()
        self._image.resize(size, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _draw(self, writers: Mapping[str, Passage], per_row: int) -> None:
        # What is on the current branch lies over what is not.
        by_importance = sorted(self._spots.values(), key=lambda spot: spot.passage.id in self._branch)
        for spot in by_importance:
            self._draw_line(spot)
        for spot in by_importance:
            self._draw_dot(self._place(spot), spot.passage, bright=spot.passage.id in self._branch)
        for leaf in self._leaves:
            self._draw_label(leaf)
        for number, (name, passage) in enumerate(writers.items()):
            row, column = divmod(number, per_row)
            x, y = _MARGIN_PX + column * _LEGEND_COLUMN_PX, self._legend_top + (row + 0.5) * _LEGEND_ROW_PX
            self._draw_dot((x + _DOT_MAX_PX, y), passage, bright=True, radius=_DOT_MAX_PX * 0.7)
            self._write((x + 28, y), name, _LEGEND_COLUMN_PX - 40, _QUIET)

    def _place(self, spot: Spot) -> Point:
        return _MARGIN_PX + _DOT_MAX_PX + spot.column * self._step, _MARGIN_PX + (spot.row + 0.5) * _ROW_PX

    def _draw_line(self, spot: Spot) -> None:
        """Lead from the passage before: along the row, or from another row down and then along."""
        if spot.parent is None:
            return
        (x0, y0), (x1, y1) = self._place(spot.parent), self._place(spot)
        on_branch = spot.passage.id in self._branch
        bend = min(self._step / 2, 12)
        way = [(x0, y0), (x1, y1)] if y0 == y1 else [(x0, y0), (x0, y1 - bend), (x0 + bend, y1), (x1, y1)]
        points = [(x * _SCALE, y * _SCALE) for x, y in way]
        self._pen.line(
            points, fill=_BRIGHT if on_branch else _FAINT, width=(4 if on_branch else 2) * _SCALE, joint="curve"
        )

    def _draw_dot(self, place: Point, passage: Passage, *, bright: bool, radius: float | None = None) -> None:
        """Draw people's passages round and the AI's as diamonds, and a ring around where the story stands."""
        x, y = (value * _SCALE for value in place)
        size = (radius or self._dot) * _SCALE
        colour = self._colours[_writer_of(passage)]
        if passage.id == self._tree.story.tip_id and radius is None:
            self._pen.circle((x, y), size + 5 * _SCALE, fill=_GROUND, outline=_HERE, width=3 * _SCALE)
        fill, outline = (colour, None) if bright else (_GROUND, colour)
        if passage.by_ai:
            size *= 1.25
            corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
            self._pen.polygon(corners, fill=fill, outline=outline, width=2 * _SCALE)
        else:
            self._pen.circle((x, y), size, fill=fill, outline=outline, width=2 * _SCALE)

    def _draw_label(self, leaf: Leaf) -> None:
        """Write a branch's number and its last words after its end."""
        x, y = self._place(self._spots[leaf.passage.id])
        colour = _BRIGHT if leaf.passage.id in self._branch else _QUIET
        left = x + self._dot + 14
        self._pen.rounded_rectangle(
            [left * _SCALE, (y - 12) * _SCALE, (left + 30) * _SCALE, (y + 12) * _SCALE],
            radius=6 * _SCALE,
            fill=_HERE if leaf.is_current else _FAINT,
        )
        self._write((left + 15, y), str(leaf.number), 30, _GROUND if leaf.is_current else _BRIGHT, anchor="mm")
        words = " ".join(leaf.passage.text[:120].split())
        self._write((left + 40, y), f"{leaf.passage.author_name}: {words}", int(self._width - left - 56), colour)

    def _write(self, place: Point, text: str, width_px: int, colour: str, anchor: str = "lm") -> None:
        drawn, font = fitted(text, _TEXT_PX * _SCALE, width_px * _SCALE)
        self._pen.text((place[0] * _SCALE, place[1] * _SCALE), drawn, fill=colour, font=font, anchor=anchor)


def colours_of(passages: Sequence[Passage]) -> dict[str, str]:
    """Give every writer a colour in order of appearance; the AI and those forgotten have their own."""
    colours = {"ai": _AI, "removed": _REMOVED}
    for passage in passages:
        colours.setdefault(_writer_of(passage), _WRITERS[(len(colours) - 2) % len(_WRITERS)])
    return colours


def _writer_of(passage: Passage) -> str:
    if passage.by_ai:
        return "ai"
    return "removed" if passage.removed else str(passage.author_id)


def _names_of(passages: Sequence[Passage]) -> dict[str, Passage]:
    """Return each writer's latest name, with a passage that shows how theirs are drawn."""
    latest = {_writer_of(passage): passage for passage in passages}
    return {
        say("stories.tree_ai", name=passage.author_name) if passage.by_ai else passage.author_name: passage
        for passage in latest.values()
    }
