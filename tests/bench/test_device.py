"""The benchmark of the shared device: its trials with a way that takes no time, its figures, its profiles."""

from __future__ import annotations

import asyncio
import random

import pytest

from bench.device import Round, Trial, measure, report, trial
from bench.gpu.profile import bandwidth, profile
from bench.gpu.shapes import LanguageShape, PictureShape
from bench.report import CannotMeasure
from bench.sharing.trials import Lengths, Tally, both, drawing, first_words_s, lightly
from bench.sharing.ways import OnShare, OnText

TINY_LANGUAGE = LanguageShape(64, 128, 2, 4, 2, vocabulary=49_500, window=512)
TINY_PICTURES = PictureShape(
    channels=(16, 32),
    attention=(2, 4),
    transformers=(1, 1),
    groups=8,
    time_embedding=8,
    side_px=32,
    decoder=(16, 16),
    encoders=((32, 2), (32, 2)),
)


class Quick:
    """A way that is done at once and remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def write(self, story: str, tokens: int, on_text: OnText) -> None:
        await asyncio.sleep(0)
        self.asked.append(("write", tokens))
        on_text("and so ")

    async def draw(self, seed: int, on_share: OnShare) -> None:
        await asyncio.sleep(0)
        self.asked.append(("draw", seed))
        on_share(0.5)
        on_share(0.5)


def tally(seconds: float, words: int = 0, pictures: float = 0.0) -> Tally:
    return Tally(seconds, "word " * words, pictures)


def clocked(tally: Tally, seconds: float) -> Tally:
    tally.clock = lambda: seconds
    return tally


def test_what_comes_after_the_time_is_not_counted() -> None:
    counted = clocked(tally(10.0), 3.0)
    counted.add_text("one two ")
    counted.add_share(0.5)
    clocked(counted, 10.5)
    counted.add_text("three")
    counted.add_share(0.5)
    assert counted.is_over
    assert (counted.words_a_second, counted.pictures_a_minute) == (0.2, 3.0)


async def test_first_words_are_asked_for_one_token_at_a_time() -> None:
    way = Quick()
    took = await first_words_s(way, 3, random.Random(1))
    assert len(took) == 3
    assert way.asked == [("write", 1)] * 3


@pytest.mark.parametrize(("writes", "draws"), [(True, True), (True, False), (False, True)])
async def test_those_who_are_to_be_busy_are_asked_and_no_others(writes: bool, draws: bool) -> None:
    way = Quick()
    await both(way, 0.01, random.Random(1), writes=writes, draws=draws)
    assert {kind for kind, _ in way.asked} == {*(["write"] if writes else []), *(["draw"] if draws else [])}


async def test_pictures_are_drawn_meanwhile_and_a_few_words_written_now_and_then() -> None:
    way = Quick()
    async with drawing(way):
        assert way.asked[0] == ("draw", 0)
    light = Quick()
    assert (await lightly(light, 0.01, random.Random(1))).pictures > 0


async def test_a_machine_that_finishes_nothing_in_time_is_told_so() -> None:
    with pytest.raises(CannotMeasure, match="too busy"):
        await trial(Quick(), random.Random(1), Lengths(asks=2, seconds=0.0))


async def test_every_way_goes_through_the_same_trials() -> None:
    found = await trial(Quick(), random.Random(1), Lengths(asks=2, seconds=0.02))
    assert len(found.idle_s) == len(found.beside_s) == 2
    assert found.together.text
    assert found.together.pictures


def test_the_figures_compare_within_a_round() -> None:
    ours = Trial(
        idle_s=[0.1] * 20,
        beside_s=[0.14] * 20,
        together=tally(10, words=100, pictures=10),
        texts_alone=tally(10, words=200),
        pictures_alone=tally(10, pictures=20),
    )
    lock = Trial([0.1] * 20, [0.7] * 20, tally(10, 50, 10), tally(10, 60), tally(10, pictures=20))
    found = report([Round(ours, lock, lock, tally(10, pictures=18), step_s=0.04)])
    values = {figure.name: figure.value for figure in found.figures}
    assert values["first_token_p95_added_steps"] == pytest.approx(1.0)
    assert values["pictures_vs_alone"] == pytest.approx(0.9)
    assert (values["text_share"], values["picture_share"]) == (0.5, 0.5)
    assert values["first_token_p95_vs_lock"] == pytest.approx(0.2)
    assert found.rows[-1] == ("Salon", "100 / 100", "140 / 140", "10 (50% of alone)", "60 (50% of alone)")


async def test_the_profile_of_a_card_is_measured_alike_on_tiny_shapes() -> None:
    import torch

    torch.set_num_threads(1)
    found = await profile(1, TINY_LANGUAGE, TINY_PICTURES, "cpu", rows=(1, 2), lengths=Lengths(asks=2), tokens=3)
    values = {figure.name: figure.value for figure in found.figures}
    assert values["tokens_per_s_2"] > 0
    assert values["roofline_share_1"] > 0
    assert values["step_s"] > 0
    assert values["first_token_p95_beside_ms"] > 0
    assert values["peak_gib"] > 0


def test_a_memory_has_a_bandwidth() -> None:
    assert bandwidth("cpu") > 1e8


async def test_without_a_card_its_profile_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(CannotMeasure, match="needs a CUDA device"):
        await measure(1, profile="gpu")
    with pytest.raises(CannotMeasure, match="none is called tpu"):
        await measure(1, profile="tpu")
