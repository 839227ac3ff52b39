"""Drawings of one hue are given others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from training.pictures.colours import HUES, Pixels, main_hue, named, recoloured


def disc(*colours: str) -> Pixels:
    image = Image.new("RGB", (64, 64), "white")
    for place, colour in enumerate(colours):
        ImageDraw.Draw(image).pieslice((8, 8, 56, 56), 90 * place, 360, fill=colour)
    return np.asarray(image)


@pytest.mark.parametrize(
    ("colour", "word"), [("red", "red"), ("blue", "blue"), ("limegreen", "green"), ("gold", "yellow")]
)
def test_a_drawing_of_one_colour_has_its_hue(colour: str, word: str) -> None:
    hue = main_hue(disc(colour))
    assert hue is not None
    assert named(hue) == word


@pytest.mark.parametrize("colours", [("grey",), ("black",), ("red", "blue", "lime")])
def test_a_grey_one_and_one_of_many_colours_have_none(colours: tuple[str, ...]) -> None:
    assert main_hue(disc(*colours)) is None


@pytest.mark.parametrize("word", HUES)
def test_a_recoloured_drawing_has_the_colour_and_its_paper_stays_white(word: str) -> None:
    red = disc("red")
    hue = main_hue(red)
    assert hue is not None
    turned = recoloured(red, hue, word)
    found = main_hue(turned)
    assert found is not None
    assert named(found) == word
    assert (turned[0, 0] == 255).all()
