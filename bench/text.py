"""Eight stories at once on one device: ours against three ways of transformers, with the same weights and prompts.

The warm part takes the second turn of a story of a thousand tokens, with its row warm and without.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from bench.baselines.text import ContinuousBatching, Timing, one_by_one, static_batch
from bench.report import Figure, Report, chosen_cache_dir, number, p95
from models.events import TextDelta
from models.loading import silent
from models.local import LocalEngine
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig
from models.text.loading import load

ROUNDS = 5
STORIES = 8
ALONE = 3
NEW_TOKENS = 64
LONG_STORY_WORDS = 900
WORDS = """
the sea and a lantern over old stones where Mara waited for rain with her brother who had never seen snow because winter
passed by this harbour like a ship that carries no light but songs of far towns and their bells so they walked on slowly
until morning came back to the empty street under a pale sky full of gulls
"""
RULES = PromptPart("rules", Role.SYSTEM, "You write a story together with several people. Go on in their manner.")
# What all four ways can do; DRY is ours alone. transformers' continuous batching takes no min-p either.
SAMPLING = Sampling(temperature=0.8, top_p=0.95, min_p=0.05, dry_multiplier=0)


@dataclass(frozen=True, slots=True)
class Round:
    """The timings of one round: the same eight stories in four ways, three of them alone, and a second turn."""

    lock: Timing
    continuous: Timing
    static: Timing
    ours: Timing
    alone: Timing
    cold_s: float
    warm_s: float


async def measure(rounds: int = ROUNDS) -> Report:
    """Run every way `rounds` times, in turn, after one round to warm up; compare within each round."""
    config = _config()
    loaded = load(config, silent)
    # Without tokens that end a turn all write equally much, so that only speed differs.
    endless = replace(loaded, ends=frozenset())
    loaded.model.generation_config.eos_token_id = None
    # Continuous batching changes how its model attends, so it gets a copy.
    continuous = ContinuousBatching(load(config, silent).model, STORIES, NEW_TOKENS)
    try:
        async with LocalEngine.open(config, load=lambda *_: endless) as engine:
            bench = TextBench(engine, loaded.model, loaded.tokenizer, continuous)
            results = [await bench.round(random.Random(seed)) for seed in range(rounds + 1)]
    finally:
        continuous.close()
    return _report(results[1:])


class TextBench:
    """One engine and its three rivals."""

    def __init__(self, engine: LocalEngine, model: Any, tokenizer: Any, continuous: ContinuousBatching) -> None:
        self._engine = engine
        self._model = model
        self._tokenizer = tokenizer
        self._continuous = continuous

    async def round(self, chance: random.Random) -> Round:
        """Measure each way once with stories that none has seen."""
        stories = [_request(_story(chance, chance.randint(60, 140)), seed=n) for n in range(STORIES)]
        prompts = [await self._tokens(story) for story in stories]
        return Round(
            lock=one_by_one(self._model, prompts, NEW_TOKENS),
            continuous=self._continuous.run(prompts),
            static=static_batch(self._model, prompts, NEW_TOKENS),
            ours=await self._together(stories),
            alone=await self._one_by_one(stories[:ALONE]),
            cold_s=await self._second_turn(chance, warm=False),
            warm_s=await self._second_turn(chance, warm=True),
        )

    async def _tokens(self, request: TextRequest) -> list[int]:
        layout = await self._engine.layout(request)
        ids: list[int] = self._tokenizer(layout.text, add_special_tokens=False)["input_ids"]
        return ids

    async def _together(self, requests: Sequence[TextRequest]) -> Timing:
        clock = _clock()
        times = await asyncio.gather(*(self._times(request, clock) for request in requests))
        return Timing(tuple(end for _, end in times), tuple(first for first, _ in times))

    async def _one_by_one(self, requests: Sequence[TextRequest]) -> Timing:
        clock = _clock()
        return Timing(tuple([(await self._times(request, clock))[1] for request in requests]))

    async def _second_turn(self, chance: random.Random, *, warm: bool) -> float:
        """Return the seconds to the first token of a story's second turn."""
        story, key = _story(chance, LONG_STORY_WORDS), "story" if warm else None
        await self._times(_request(story, tokens=1, key=key), _clock())
        again = _request(f"{story} {_story(chance, 30)}", tokens=1, key=key)
        # Without its row the story must not find itself in another one either, so it begins differently.
        return (await self._times(again if warm else _altered(again), _clock()))[1]

    async def _times(self, request: TextRequest, clock: Callable[[], float]) -> tuple[float, float]:
        """Return when a request's first words came, and its end."""
        first = None
        async for event in self._engine.run(request):
            if first is None and isinstance(event, TextDelta):
                first = clock()
        end = clock()
        return first or end, end


def _config() -> TextModelConfig:
    return TextModelConfig(threads=os.cpu_count(), slots=STORIES, cache_dir=chosen_cache_dir())


def _story(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS.split()) for _ in range(words))


def _request(text: str, *, seed: int = 0, tokens: int = NEW_TOKENS, key: str | None = None) -> TextRequest:
    parts = (RULES, PromptPart("story", Role.USER, text))
    return TextRequest(f"bench-{seed}", parts, tokens, replace(SAMPLING, seed=seed), warm_key=key)


def _altered(request: TextRequest) -> TextRequest:
    rules, story = request.parts
    return replace(request, parts=(rules, replace(story, text=f"New: {story.text}")))


def _clock() -> Callable[[], float]:
    started = time.perf_counter()
    return lambda: time.perf_counter() - started


def _report(rounds: Sequence[Round]) -> Report:
    def each(ratio: Callable[[Round], float]) -> list[float]:
        return [ratio(one) for one in rounds]

    figures = (
        Figure.of("aggregate_vs_lock", each(lambda r: r.lock.seconds / r.ours.seconds), ">= 4.5"),
        Figure.of("aggregate_vs_continuous_batching", each(lambda r: r.continuous.seconds / r.ours.seconds), ">= 1.8"),
        Figure.of("aggregate_vs_static", each(lambda r: r.static.seconds / r.ours.seconds), ">= 0.9"),
        Figure.of(
            "first_token_p95_vs_continuous_batching",
            each(lambda r: p95(r.ours.firsts) / p95(r.continuous.firsts)),
            "< 1",
        ),
        Figure.of("warm_first_token_speedup", each(lambda r: r.cold_s / r.warm_s), ">= 6"),
        Figure.of("alone_vs_lock", each(lambda r: r.lock.ends[ALONE - 1] / r.alone.seconds), ">= 1"),
    )
    return Report(f"text: {STORIES} stories at once, {NEW_TOKENS} new tokens each", figures, _rows(rounds))


def _rows(rounds: Sequence[Round]) -> tuple[tuple[str, ...], ...]:
    """Show the speeds behind the figures (medians over the rounds)."""
    ways: tuple[tuple[str, Callable[[Round], Timing]], ...] = (
        ("generate, one request at a time", lambda r: r.lock),
        ("transformers continuous batching", lambda r: r.continuous),
        ("generate, one static batch", lambda r: r.static),
        ("Salon", lambda r: r.ours),
        (f"Salon, one request at a time ({ALONE})", lambda r: r.alone),
    )
    rows = [("way", "tokens/s", "first token p95, s")]
    for name, way in ways:
        timings = [way(one) for one in rounds]
        speed = median(len(t.ends) * NEW_TOKENS / t.seconds for t in timings)
        firsts = [p95(t.firsts) for t in timings if t.firsts]
        rows.append((name, number(speed), number(median(firsts)) if firsts else "-"))
    for name, seconds in (("cold", [r.cold_s for r in rounds]), ("warm", [r.warm_s for r in rounds])):
        rows.append((f"Salon, second turn of a long story, {name}", "-", number(median(seconds))))
    return tuple(rows)
