"""One sheet of a picture: itself with thirds and centre, its values, its edges, and how its values are spread. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.overlays import panels
from bot.overlays.measuring import Measured
from bot.overlays.panels import GROUND, INK

CELL_PX, HIGHEST_PX, LOWEST_PX = 640, 1_000, 320
GAP_PX, TITLE_PX = 24, 22
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands above the four fields of a sheet, and below its histogram."""

    thirds: str
    values: str
    edges: str
    spread: str
    darks: str
    mids: str
    lights: str


def sheet(image: Image.Image, measured: Measured, titles: Titles) -> bytes:
    """Draw the sheet of a picture in RGB and return it as a WebP."""
    shown = fitted(image)
    height = max(shown.height, LOWEST_PX)
    shares = (titles.darks, titles.mids, titles.lights)
    fields = (
        (titles.thirds, panels.thirds(shown)),
        (titles.values, panels.values(shown)),
        (titles.edges, panels.edges(shown, measured)),
        (titles.spread, panels.spread((CELL_PX, height), measured, shares)),
    )
    file = BytesIO()
    _laid_out(fields, height).save(file, "WEBP", quality=_QUALITY)
    return file.getvalue()


def fitted(image: Image.Image) -> Image.Image:
    """Return a picture as wide as a field, or as high as one may be."""
    scale = min(CELL_PX / image.width, HIGHEST_PX / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _laid_out(fields: Sequence[tuple[str, Image.Image]], height: int) -> Image.Image:
    """Lay four fields of a height out in two rows, each under its title; one that is smaller stands in the middle."""
    across, down = CELL_PX + GAP_PX, height + GAP_PX + 2 * TITLE_PX
    drawn = Image.new("RGB", (2 * across + GAP_PX, 2 * down + GAP_PX), GROUND)
    draw, font = ImageDraw.Draw(drawn), ImageFont.load_default(TITLE_PX)
    for number, (title, field) in enumerate(fields):
        row, column = divmod(number, 2)
        left, top = GAP_PX + column * across, GAP_PX + row * down
        draw.text((left, top), title, INK, font)
        inset = (CELL_PX - field.width) // 2, (height - field.height) // 2
        drawn.paste(field, (left + inset[0], top + inset[1] + 2 * TITLE_PX - 8))
    return drawn
