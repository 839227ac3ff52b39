"""Sizes that can be drawn, and what would fit where one cannot."""

from __future__ import annotations

import pytest

from models.errors import InvalidRequest
from models.image.room import Room
from models.image.sizes import Limits, shapes
from models.requests import Shape

LIMITS = Limits(multiple=16, least=512, area=1536 * 1536)


def test_a_pipelines_shapes_have_about_the_same_area() -> None:
    assert shapes(1024, 16) == {Shape.SQUARE: (1024, 1024), Shape.WIDE: (1248, 832), Shape.TALL: (832, 1248)}


@pytest.mark.parametrize(("asked", "drawn"), [((1024, 1024), (1024, 1024)), ((1000, 667), (992, 672))])
def test_a_size_is_rounded_to_what_can_be_drawn(asked: tuple[int, int], drawn: tuple[int, int]) -> None:
    assert LIMITS.admit(*asked) == drawn


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        ((0, 0), "no area"), ((-64, 64), "no area"), ((60_000, 60_000), "more than"), ((4096, 512), "times as long"),
        ((64, 64), "less than"),
    ],
)  # fmt: skip
def test_a_size_that_cannot_be_drawn_is_refused_with_a_sentence(size: tuple[int, int], sentence: str) -> None:
    with pytest.raises(InvalidRequest, match=sentence):
        LIMITS.admit(*size)


def test_a_smaller_size_keeps_the_proportions() -> None:
    assert LIMITS.smaller((1536, 1024), 768 * 512) == (768, 512)


@pytest.mark.parametrize("area", [100, 511 * 511])
def test_what_is_too_small_to_be_drawn_is_not_named(area: int) -> None:
    assert LIMITS.smaller((1024, 1024), area) is None


def test_what_was_drawn_before_is_what_fits() -> None:
    room = Room((1024, 1024), LIMITS)
    assert room.fits_after((1536, 1536)) == (1024, 1024)
    room.drew((1280, 1280))
    assert room.fits_after((1536, 1536)) == (1280, 1280)


def test_where_even_that_does_not_fit_any_more_half_of_it_is_named() -> None:
    room = Room((1024, 1024), LIMITS)
    assert room.fits_after((1024, 1024)) == (720, 720)
    assert room.fits_after((1024, 1024)) == (720, 720)
    assert room.fits_after((720, 720)) is None
