"""One device for stories and pictures: Salon's turns against one lock and against two threads, with the same models.

- `first_token_p95_added_steps`: how much later first words come while pictures are drawn without pause, at the 95th
  percentile and in denoising steps.
- `pictures_vs_alone`: pictures a minute beside a few words now and then, against pictures alone.
- `text_share`, `picture_share`: what each keeps of its speed alone while both have more to do than the device can.

With `--profile gpu` it measures models of real size with random weights on a GPU (`bench/gpu/`).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.report import CannotMeasure, Figure, Report, chosen_cache_dir, number, p95
from bench.sharing.trials import LIGHT_EVERY_S, LIGHT_TOKENS, STORIES, Lengths, Tally, both, drawing, first_words_s
from bench.sharing.trials import lightly as lightly_written
from bench.sharing.ways import OneLock, Turns, TwoThreads, Way
from models.image.config import ImageModelConfig
from models.image.loading import load as load_pipeline
from models.loading import silent
from models.local import LocalEngine
from models.text.config import TextModelConfig
from models.text.loading import load as load_text

ROUNDS = 3
LENGTHS = Lengths()


@dataclass(frozen=True, slots=True)
class Trial:
    """One way's round: first words in seconds, idle and beside pictures; both sides busy; and what each did alone."""

    idle_s: list[float]
    beside_s: list[float]
    together: Tally
    texts_alone: Tally
    pictures_alone: Tally


@dataclass(frozen=True, slots=True)
class Round:
    """One round of all ways; `lightly` is ours beside a few words, `step_s` one of our denoising steps."""

    ours: Trial
    lock: Trial
    threads: Trial
    lightly: Tally
    step_s: float


async def measure(rounds: int = ROUNDS, profile: str = "cpu", lengths: Lengths = LENGTHS) -> Report:
    """Put each way through the same trials, in turn, `rounds` times; compare within each round."""
    if profile == "gpu":
        from bench.gpu.profile import measure_gpu

        return await measure_gpu(rounds)
    if profile != "cpu":
        raise CannotMeasure(f"there are the profiles cpu and gpu, and none is called {profile}")
    return report([await _round(random.Random(seed), lengths) for seed in range(rounds)])


async def _round(chance: random.Random, lengths: Lengths) -> Round:
    text, image = _configs()
    async with LocalEngine.open(text, image=image) as engine:
        way = Turns(engine)
        ours = await trial(way, chance, lengths)
        lightly = await lightly_written(way, lengths.seconds, chance)
        step_s = engine.stats().image_step_ms / 1e3
    loaded, pipeline = load_text(text, silent), load_pipeline(image, silent).drawing
    lock = await trial(OneLock(loaded.model, loaded.tokenizer, pipeline), chance, lengths)
    async with LocalEngine.open(text, load=lambda *_: loaded) as engine:
        threads = await trial(TwoThreads(engine, pipeline), chance, lengths)
    return Round(ours, lock, threads, lightly, step_s)


async def trial(way: Way, chance: random.Random, lengths: Lengths) -> Trial:
    """Put one way through everything. Raises `CannotMeasure` where nothing is finished in time."""
    await first_words_s(way, 2, chance)
    idle = await first_words_s(way, lengths.asks, chance)
    async with drawing(way):
        beside = await first_words_s(way, lengths.asks, chance)
    seconds = lengths.seconds
    texts = await both(way, seconds, chance, writes=True, draws=False)
    pictures = await both(way, seconds, chance, writes=False, draws=True)
    if not texts.text or not pictures.pictures:
        raise CannotMeasure(f"nothing was finished in {seconds:.0f} s: the machine is too busy, or too slow")
    return Trial(idle, beside, await both(way, seconds, chance, writes=True, draws=True), texts, pictures)


def _configs() -> tuple[TextModelConfig, ImageModelConfig]:
    """Choose the embedded models; one picture at a time, as the other ways draw."""
    text = TextModelConfig(device="cpu", threads=os.cpu_count(), slots=STORIES, cache_dir=chosen_cache_dir())
    return text, ImageModelConfig(device="cpu", batch=1)


def report(rounds: Sequence[Round]) -> Report:
    """Compare the ways within each round."""

    def each(figure: Callable[[Round], float]) -> list[float]:
        return [figure(one) for one in rounds]

    figures = (
        Figure.of(
            "first_token_p95_added_steps",
            each(lambda r: (p95(r.ours.beside_s) - p95(r.ours.idle_s)) / r.step_s),
            "<= 1.5",
        ),
        Figure.of("pictures_vs_alone", each(lambda r: r.lightly.pictures / r.ours.pictures_alone.pictures), ">= 0.85"),
        Figure.of("text_share", each(lambda r: _text_share(r.ours))),
        Figure.of("picture_share", each(lambda r: _picture_share(r.ours))),
        Figure.of("first_token_p95_vs_lock", each(lambda r: p95(r.ours.beside_s) / p95(r.lock.beside_s)), "< 1"),
        Figure.of("first_token_p95_vs_threads", each(lambda r: p95(r.ours.beside_s) / p95(r.threads.beside_s)), "< 1"),
        Figure.of("step_ms", each(lambda r: r.step_s * 1e3)),
    )
    notes = (
        f"First words: of one request at a time, idle and while pictures are drawn without pause. Both busy: {STORIES} "
        "stories and the next picture are always asked for; a share is what is left of the speed alone.",
        f"`pictures_vs_alone`: beside {LIGHT_TOKENS} tokens every {LIGHT_EVERY_S:.0f} s.",
    )
    return Report("device: stories and pictures on one device, embedded models", figures, _rows(rounds), notes)


def _rows(rounds: Sequence[Round]) -> tuple[tuple[str, ...], ...]:
    """Show what each way did (medians over the rounds)."""
    ways: tuple[tuple[str, Callable[[Round], Trial]], ...] = (
        ("one lock around both models", lambda r: r.lock),
        ("two threads without turns", lambda r: r.threads),
        ("Salon", lambda r: r.ours),
    )
    heading = ("way", "first words p50 / p95 idle, ms", "beside pictures, ms", "both busy: words/s", "pictures/min")
    return (heading, *(_row(name, [way(one) for one in rounds]) for name, way in ways))


def _row(name: str, trials: Sequence[Trial]) -> tuple[str, ...]:
    def both_shares(rate: Callable[[Trial], float], share: Callable[[Trial], float]) -> str:
        kept = 100 * median(map(share, trials))
        return f"{number(median(map(rate, trials)))} ({kept:.0f}% of alone)"

    def spread(times: Callable[[Trial], Sequence[float]]) -> str:
        middle, late = median(median(times(trial)) for trial in trials), median(p95(times(trial)) for trial in trials)
        return f"{middle * 1e3:.0f} / {late * 1e3:.0f}"

    return (
        name,
        spread(lambda trial: trial.idle_s),
        spread(lambda trial: trial.beside_s),
        both_shares(lambda trial: trial.together.words_a_second, _text_share),
        both_shares(lambda trial: trial.together.pictures_a_minute, _picture_share),
    )


def _text_share(trial: Trial) -> float:
    return trial.together.words_a_second / trial.texts_alone.words_a_second


def _picture_share(trial: Trial) -> float:
    return trial.together.pictures / trial.pictures_alone.pictures
