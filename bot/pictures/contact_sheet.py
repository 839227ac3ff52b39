"""A page of pictures as one picture: small, in rows, numbered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PIL import Image, ImageDraw, ImageFilter, ImageFont

COLUMNS = 4

_CELL_PX, _GAP_PX, _NUMBER_PX, _BLUR_PX = 176, 8, 18, 14
_GROUND, _EMPTY, _PLATE, _INK = "#2b2d31", "#3a3c43", "#1e1f22", "#f2f3f5"


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of the page: its file, or None where that is not there any more, and whether it is covered."""

    content: bytes | None
    is_covered: bool = False


def contact_sheet(tiles: Sequence[Tile]) -> bytes:
    """Lay pictures out in the order they are given and number them from 1; return a JPEG."""
    columns, rows = min(COLUMNS, len(tiles)), ceil(len(tiles) / COLUMNS)
    step = _CELL_PX + _GAP_PX
    sheet = Image.new("RGB", (columns * step + _GAP_PX, rows * step + _GAP_PX), _GROUND)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, COLUMNS)
        _place(sheet, tile, number + 1, (_GAP_PX + column * step, _GAP_PX + row * step))
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=85)
    return file.getvalue()


def _place(sheet: Image.Image, tile: Tile, number: int, corner: tuple[int, int]) -> None:
    """Put a picture, whole, into the middle of its cell, and its number into the corner."""
    left, top = corner
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((left, top, left + _CELL_PX - 1, top + _CELL_PX - 1), _EMPTY)
    if tile.content is not None:
        small = _small(tile)
        sheet.paste(small, (left + (_CELL_PX - small.width) // 2, top + (_CELL_PX - small.height) // 2))
    draw.rectangle((left, top, left + 2 * _NUMBER_PX, top + _NUMBER_PX + 6), _PLATE)
    draw.text((left + _NUMBER_PX, top + 3), str(number), _INK, ImageFont.load_default(_NUMBER_PX), anchor="ma")


def _small(tile: Tile) -> Image.Image:
    with Image.open(io.BytesIO(tile.content or b"")) as picture:
        small = picture.convert("RGB")
    scale = _CELL_PX / max(small.size)
    small = small.resize((max(1, round(small.width * scale)), max(1, round(small.height * scale))))
    return small.filter(ImageFilter.GaussianBlur(_BLUR_PX)) if tile.is_covered else small
