"""The sheet: four fields that show what was measured, for pictures of every shape."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bot.overlays import panels
from bot.overlays.facts import titles_for
from bot.overlays.measuring import THIRDS, Measured
from bot.overlays.sheet import CELL_PX, GAP_PX, HIGHEST_PX, LOWEST_PX, TITLE_PX, sheet
from tests.bot.overlays.test_measuring import bands, ground, with_checks

AMBER = (240, 182, 90)


def drawn(image: Image.Image) -> Image.Image:
    measured = Measured(image)
    return Image.open(BytesIO(sheet(image, measured, titles_for(measured))))


@pytest.mark.parametrize(
    ("size", "field"), [((600, 400), 427), ((1, 900), HIGHEST_PX), ((5_000, 10), LOWEST_PX), ((8, 8), CELL_PX)]
)
def test_a_sheet_is_as_high_as_its_picture_needs_within_bounds(size: tuple[int, int], field: int) -> None:
    shown = drawn(ground(*size))
    assert shown.size == (2 * CELL_PX + 3 * GAP_PX, 2 * (field + GAP_PX + 2 * TITLE_PX) + GAP_PX)
    assert shown.format == "WEBP"


def test_the_lines_of_the_thirds_and_the_centre_are_drawn_over_the_picture() -> None:
    image = ground(600, 400)
    pixels = np.asarray(panels.thirds(image)).astype(int)
    for share in (1 / 3, 2 / 3):
        assert pixels[50, round(share * 600)].min() > 200
        assert pixels[round(share * 400), 40].min() > 200
    assert AMBER in {tuple(pixel) for pixel in pixels[:, 300]}
    assert tuple(pixels[60, 60]) == (128, 128, 128)
    assert image.getcolors() == [(600 * 400, (128, 128, 128))], "the picture itself stays as it was"


def test_values_are_a_few_greys() -> None:
    colours = panels.values(Image.linear_gradient("L").convert("RGB")).getcolors()
    assert colours is not None
    assert {colour for _, colour in colours} == {(grey, grey, grey) for grey in (0, 63, 127, 191, 255)}


def test_the_densest_place_wears_the_amber_ring() -> None:
    image = with_checks(THIRDS[3])
    pixels = np.asarray(panels.edges(image, Measured(image))).astype(int)
    amber = np.argwhere(np.abs(pixels - AMBER).sum(axis=-1) < 30)
    assert amber.mean(axis=0) == pytest.approx((THIRDS[3][1] * 400, THIRDS[3][0] * 600), abs=12)


def test_the_bar_below_the_histogram_is_as_long_as_the_shares() -> None:
    pixels = np.asarray(panels.spread((1_000, 500), Measured(bands((10, 50), (128, 30), (240, 20))), ("", "", "")))
    greys = [(74, 74, 74), (140, 140, 140), (222, 222, 222)]
    lengths = [max(int((row == grey).all(axis=-1).sum()) for row in pixels[380:]) for grey in greys]
    assert [length / sum(lengths) for length in lengths] == pytest.approx([0.5, 0.3, 0.2], abs=0.01)
