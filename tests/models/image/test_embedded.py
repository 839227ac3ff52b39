"""The small pipeline that comes with Salon, through the same door as every other."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from models.errors import InvalidRequest
from models.image.config import ImageModelConfig
from models.image.outlook import outlook
from models.image.presets import presets
from models.requests import ImageRequest, Shape
from tests.models.image.tiny import Bench, alike

SIZES = presets()["embedded"].sizes


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(presets()["embedded"])


def apple(*seeds: int, shape: Shape = Shape.SQUARE) -> ImageRequest:
    return ImageRequest("r", "a red apple, 3d style", seeds, *SIZES[shape])


@pytest.mark.parametrize("shape", Shape)
def test_it_draws_every_shape(bench: Bench, shape: Shape) -> None:
    ticket = bench.submit(apple(1, shape=shape))
    bench.finish()
    picture = bench.end(ticket).pictures[0]
    assert (picture.width, picture.height) == SIZES[shape]
    assert bench.steps(ticket)[-1] == (16, 16)


def test_a_red_apple_is_red_and_lies_on_white(bench: Bench) -> None:
    drawn = bench.run(apple(1))[0].pictures[0]
    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)
    assert picture.getpixel((2, 2)) > (230, 230, 230)  # type: ignore[operator]
    red, green, blue = picture.resize((1, 1), box=(96, 96, 160, 160)).getpixel((0, 0))  # type: ignore[misc]
    assert red > max(green, blue) + 30


def test_it_is_the_same_alone_and_together(bench: Bench) -> None:
    alone = [bench.run(apple(seed))[0].pictures[0] for seed in (1, 2)]
    together = bench.run(apple(1, 2))[0].pictures
    assert alike(alone, together)


def test_it_shows_what_it_expects_while_it_draws(bench: Bench) -> None:
    ticket = bench.submit(apple(1, 2))
    bench.finish()
    assert Image.open(BytesIO(bench.previews(ticket)[0])).size == (512, 256)


def test_it_draws_over_a_picture(bench: Bench) -> None:
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "green").save(buffer, "PNG")
    ticket = bench.submit(replace(apple(1), image=buffer.getvalue(), strength=0.5))
    bench.finish()
    assert bench.steps(ticket)[-1] == (8, 8)


def test_what_it_cannot_is_refused(bench: Bench) -> None:
    with pytest.raises(InvalidRequest, match="less than"):
        bench.engine.drawing(0, ImageRequest("r", "a red apple", (1,), 128, 128))


def test_its_needs_are_known(bench: Bench) -> None:
    parts = [part for part in bench.loaded.drawing.components.values() if hasattr(part, "parameters")]
    weights = sum(weight.nbytes for part in parts for weight in part.parameters())
    assert outlook(ImageModelConfig(device="cpu")).weight_bytes == pytest.approx(weights, rel=0.01)
