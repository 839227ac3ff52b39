"""The distance by which the small picture model is judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.embedded.likeness import Neighbours, Pixels, features, to_lab


def disc(colour: str, side: int = 64, centre: float = 0.5) -> Pixels:
    image = Image.new("RGB", (side, side), "white")
    left, radius = centre * side, side / 4
    box = (left - radius, side / 2 - radius, left + radius, side / 2 + radius)
    ImageDraw.Draw(image).ellipse(box, fill=colour)
    return np.asarray(image)


def bar(colour: str) -> Pixels:
    image = Image.new("RGB", (64, 64), "white")
    ImageDraw.Draw(image).rectangle((4, 28, 60, 36), fill=colour)
    return np.asarray(image)


@pytest.fixture
def known() -> Neighbours:
    pictures = {"sun": disc("orange"), "apple": disc("red"), "log": bar("brown"), "moon": disc("orange", centre=0.3)}
    found = np.stack([features(pixels) for pixels in pictures.values()]).astype(np.float16)
    return Neighbours(found, tuple(pictures), ("flat",) * 4)


def test_a_picture_is_most_like_itself_at_any_size(known: Neighbours) -> None:
    assert known.nearest(disc("red", side=256), 1) == [("apple", "flat")]


def test_colour_and_shape_both_count(known: Neighbours) -> None:
    assert known.nearest(disc("darkred"), 1) == [("apple", "flat")]
    assert known.nearest(bar("red"), 1) == [("log", "flat")]


def test_a_mirror_image_is_the_same_thing(known: Neighbours) -> None:
    assert known.nearest(disc("orange", centre=0.7), 1) == [("moon", "flat")]


def test_neighbours_are_kept_in_a_file(known: Neighbours, tmp_path: Path) -> None:
    known.write(tmp_path / "known.npz")
    read = Neighbours.read(tmp_path / "known.npz")
    assert (read.nouns, read.styles) == (known.nouns, known.styles)
    assert np.array_equal(read.features, known.features)


def test_blank_paper_is_like_nothing_and_breaks_nothing(known: Neighbours) -> None:
    assert not features(np.full((64, 64, 3), 255, np.uint8)).any()


def test_pictures_that_are_not_square_are_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        features(np.zeros((64, 128, 3), np.uint8))


def test_lab_is_what_the_standard_says() -> None:
    white, red = to_lab(np.array([[255.0, 255.0, 255.0], [255.0, 0.0, 0.0]]))
    assert white == pytest.approx([100, 0, 0], abs=0.05)
    assert red == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
