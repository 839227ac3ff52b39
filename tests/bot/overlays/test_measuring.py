"""What is measured of pictures whose values and edges are known."""

from __future__ import annotations

from math import hypot

import pytest
from PIL import Image, ImageDraw

from bot.overlays.facts import facts
from bot.overlays.measuring import THIRDS, Measured


def ground(width: int = 600, height: int = 400, grey: int = 128) -> Image.Image:
    return Image.new("RGB", (width, height), (grey, grey, grey))


def with_checks(at: tuple[float, float], width: int = 600, height: int = 400) -> Image.Image:
    """Draw a small chessboard around a place: many edges, and none elsewhere."""
    image = ground(width, height)
    draw = ImageDraw.Draw(image)
    left, top = at[0] * width - 24, at[1] * height - 24
    for row in range(6):
        for column in range(6):
            colour = "black" if (row + column) % 2 else "white"
            draw.rectangle((left + column * 8, top + row * 8, left + column * 8 + 7, top + row * 8 + 7), colour)
    return image


def bands(*widths: tuple[int, int]) -> Image.Image:
    """Put greys beside each other, each so many of 100 columns wide."""
    image, left = ground(100, 60), 0
    for grey, width in widths:
        image.paste((grey, grey, grey), (left, 0, left + width, 60))
        left += width
    return image


def test_darks_mids_and_lights_are_shares_of_the_picture() -> None:
    tones = Measured(bands((10, 50), (128, 30), (240, 20))).tones
    assert (tones.darks, tones.mids, tones.lights) == pytest.approx((0.5, 0.3, 0.2))
    assert (tones.low, tones.high) == pytest.approx((10 / 255, 240 / 255))


@pytest.mark.parametrize("at", [*THIRDS, (0.5, 0.5), (0.2, 0.8)])
def test_the_densest_edges_are_found_where_they_are(at: tuple[float, float]) -> None:
    focus = Measured(with_checks(at)).focus
    assert focus is not None
    assert (focus.x, focus.y) == pytest.approx(at, abs=0.02)
    nearest = min(hypot((x - at[0]) * 600, (y - at[1]) * 400) for x, y in THIRDS) / hypot(600, 400)
    assert focus.from_third == pytest.approx(nearest, abs=0.02)


def test_a_high_picture_is_measured_by_its_own_sides() -> None:
    focus = Measured(with_checks((1 / 3, 2 / 3), 300, 1_200)).focus
    assert focus is not None
    assert (focus.x, focus.y) == pytest.approx((1 / 3, 2 / 3), abs=0.03)
    assert focus.third == (1 / 3, 2 / 3)


def test_the_ninths_hold_all_edges_together() -> None:
    measured = Measured(with_checks((1 / 6, 5 / 6)))
    assert measured.ninths.sum() == pytest.approx(1)
    assert measured.ninths[2, 0] > 0.95
    assert measured.edges_within(width=0.5) > 0.95
    assert measured.edges_within(height=0.5) < 0.05


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (40, 40), (3, 3)])
def test_a_picture_without_edges_has_no_focus_whatever_its_size(size: tuple[int, int]) -> None:
    measured = Measured(ground(*size))
    assert measured.focus is None
    assert not measured.ninths.any()
    assert facts(measured)[-1].startswith("There are no edges")


def test_a_slow_gradient_has_no_edges() -> None:
    assert Measured(Image.linear_gradient("L").resize((600, 400)).convert("RGB")).focus is None


def test_the_facts_name_size_values_and_places() -> None:
    told = " ".join(facts(Measured(with_checks((2 / 3, 1 / 3)))))
    assert "600 × 400 px, 3:2." in told
    assert "100% mids" in told or "99% mids" in told or "98% mids" in told
    assert "from the upper right point of the thirds" in told


@pytest.mark.parametrize(
    ("size", "ratio"), [((500, 500), "1:1"), ((300, 400), "3:4"), ((1920, 1080), "16:9"), ((2_400, 300), "8.00:1")]
)
def test_a_ratio_has_its_usual_name(size: tuple[int, int], ratio: str) -> None:
    assert facts(Measured(ground(*size)))[0].endswith(f"px, {ratio}.")


def test_shares_sum_to_a_hundred() -> None:
    for third in range(20, 45):
        line = facts(Measured(bands((10, third), (128, 33), (240, 67 - third))))[1]
        numbers = [int(word.removesuffix("%")) for word in line.split() if word.endswith("%")][:3]
        assert sum(numbers) == 100
