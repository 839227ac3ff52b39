"""A story's tree as a picture: forks and ends as dots, the way to the present passage in gold."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from cogs.stories.tree_layout import Stop

# Drawn at twice the size and scaled down, which smooths the edges. Sizes are in pixels of the large drawing.
STEP_PX, ROW_PX, MARGIN_PX, DOT_PX = 168, 104, 80, 30
GROUND, LINE, GOLD, PEOPLE, AI, INK = "#2b2d31", "#6d6f78", "#f0b65a", "#e6e1d6", "#9b8cf0", "#1e1f22"


class Tree(NamedTuple):
    """What is drawn: `numbers` are the ends one can go to, as the menu under the picture counts them."""

    stops: Sequence[Stop]
    current: Set[int]
    tip: int | None
    by_ai: Set[int]
    numbers: Mapping[int, int]


def draw(tree: Tree) -> bytes:
    """Draw a tree as PNG."""
    width = max(stop.column for stop in tree.stops) * STEP_PX + 2 * MARGIN_PX
    height = int(max(stop.row for stop in tree.stops) * ROW_PX) + 2 * MARGIN_PX
    image = Image.new("RGB", (width, height), GROUND)
    pen = ImageDraw.Draw(image)
    places = {stop.id: _place(stop) for stop in tree.stops}
    for stop in tree.stops:
        if stop.id is not None:
            _draw_line(pen, stop, places[stop.parent_id], places[stop.id], tree)
    for stop in tree.stops:
        _draw_dot(pen, stop, places[stop.id], tree)
    return _png(image.resize((width // 2, height // 2), Image.Resampling.LANCZOS))


def _place(stop: Stop) -> tuple[float, float]:
    return MARGIN_PX + stop.column * STEP_PX, MARGIN_PX + stop.row * ROW_PX


def _draw_line(
    pen: ImageDraw.ImageDraw, stop: Stop, start: tuple[float, float], end: tuple[float, float], tree: Tree
) -> None:
    (x0, y0), (x1, y1) = start, end
    bend = x0 + STEP_PX / 3
    colour = GOLD if stop.id in tree.current else LINE
    pen.line([(x0, y0), (bend, y1), (x1, y1)], fill=colour, width=6, joint="curve")
    if stop.skipped:
        pen.text(((bend + x1) / 2 - 8, y1 - 8), f"+{stop.skipped}", fill=colour, font=_font(24), anchor="mb")


def _draw_dot(pen: ImageDraw.ImageDraw, stop: Stop, place: tuple[float, float], tree: Tree) -> None:
    if stop.id == tree.tip:
        pen.circle(place, DOT_PX + 10, outline=GOLD, width=6)
    if stop.id is None:
        pen.circle(place, DOT_PX // 2, fill=GOLD if tree.current else LINE)
        return
    pen.circle(place, DOT_PX, fill=AI if stop.id in tree.by_ai else PEOPLE)
    if stop.id in tree.numbers:
        pen.text(place, str(tree.numbers[stop.id]), fill=INK, font=_font(32), anchor="mm")


def _font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size_px)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
