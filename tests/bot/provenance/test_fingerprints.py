"""A picture is known again after another encoding or another size, and not taken for another one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from bot.provenance.fingerprints import SAME_WITHIN, distance, fingerprint, has_features
from tests.bot.provenance.pictures import blobs, encoded

SEEDS = range(20)


def looks(image: Image.Image) -> str:
    return fingerprint(image.width, image.height, image.convert("RGB").tobytes())


def encoded_again(format: str, quality: int) -> Callable[[Image.Image], Image.Image]:
    return lambda image: Image.open(io.BytesIO(encoded(image, format, quality=quality)))


@pytest.mark.parametrize(
    "change",
    [
        encoded_again("JPEG", 60),
        encoded_again("JPEG", 30),
        encoded_again("WEBP", 50),
        lambda image: image.reduce(2),
        lambda image: image.resize((image.width * 2, image.height * 2)),
        lambda image: image.resize((image.width, image.height - 1)),
        lambda image: image.point(lambda value: value * 0.9),
    ],
    ids=["JPEG 60", "JPEG 30", "WebP 50", "half", "double", "a row less", "darker"],
)
@pytest.mark.parametrize("side_px", [64, 256])
def test_a_picture_is_known_again(change: Callable[[Image.Image], Image.Image], side_px: int) -> None:
    pictures = [blobs(seed, side_px) for seed in SEEDS]
    assert max(distance(looks(picture), looks(change(picture))) for picture in pictures) <= SAME_WITHIN


def test_different_pictures_look_different() -> None:
    known = [looks(blobs(seed)) for seed in SEEDS]
    apart = [distance(one, other) for place, one in enumerate(known) for other in known[:place]]
    assert min(apart) > SAME_WITHIN


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_90])
def test_a_mirrored_or_turned_picture_is_another_one(turn: Image.Transpose) -> None:
    assert distance(looks(blobs(1)), looks(blobs(1).transpose(turn))) > SAME_WITHIN


def test_a_picture_without_features_is_known_by_its_looks_as_little_as_a_blank_one() -> None:
    sky = Image.linear_gradient("L").convert("RGB")
    assert not any(has_features(looks(image)) for image in (sky, sky.rotate(90), Image.new("RGB", (64, 64), "teal")))
    assert all(has_features(looks(blobs(seed))) for seed in SEEDS)


def test_it_is_256_bits_and_depends_on_nothing_but_the_picture() -> None:
    assert len(looks(blobs(1))) == 64
    assert looks(blobs(1)) == looks(blobs(1))
    assert distance(looks(blobs(1)), looks(blobs(1))) == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_the_smallest_pictures_have_one_too(size: tuple[int, int]) -> None:
    assert len(looks(Image.new("RGB", size, "red"))) == 64
