"""One member with twenty requests, four with two each, through the real line and the real model.

The hog asks first, and the light members when the first of those requests writes. Lengths are mixed in the same way for
everybody, and no request waits for another one's story. In turn: the light members alone and all five through the line,
then both first come first served, as a typical bot does it. That shows the price too: for the seats that the line keeps
free for whoever comes next, members wait for their second request even while nobody comes.

- `jain`: Jain's index over what each of the five had of the device in requests that ran while a light member waited.
- `light_p95_ratio`: the light members' 95th percentile of the time to the first word, with the hog over without.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.report import Figure, Report, chosen_cache_dir, number
from bot.clock import utc_now
from bot.database import Database
from bot.jobs.bounds import Bounds
from bot.jobs.handler import Handler
from bot.jobs.job import Job, JobState, NewJob, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.logs import configure_logs
from models.engine import Engine
from models.events import Finished, TextDelta
from models.local import LocalEngine
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig

ROUNDS = 5
HOG, HOGS_REQUESTS = 1, 20
LIGHT, LIGHT_REQUESTS = (2, 3, 4, 5), 2
LENGTHS = (32, 56, 40, 64, 48)  # tokens, in turn
STORY = "The lantern went out, and Mara heard the sea come up the stairs. " * 6


@dataclass(slots=True)
class Turn:
    """One member's request and, in seconds of the round, when what happened to it."""

    member: int
    tokens: int
    asked_s: float = 0.0
    began_s: float = 0.0
    device_ms: float = 0.0
    first_word_s: float = 0.0
    ended_s: float = 0.0
    speaks: asyncio.Event = field(default_factory=asyncio.Event)

    def speak(self) -> None:
        """Note the first words; later ones change nothing."""
        if not self.speaks.is_set():
            self.first_word_s = time.perf_counter()
            self.speaks.set()


Way = Callable[[Turn], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Round:
    """The turns of all ways."""

    alone: list[Turn]
    line: list[Turn]
    alone_first_come: list[Turn]
    first_come: list[Turn]


async def measure(rounds: int = ROUNDS) -> Report:
    """Play all ways `rounds` times, in turn, after one round to warm up; compare within each round."""
    configure_logs("warning")  # every job logs a line or two
    config = TextModelConfig(threads=os.cpu_count(), cache_dir=chosen_cache_dir())
    async with LocalEngine.open(config) as engine:
        results = [await _round(engine) for _ in range(rounds + 1)]
    return _report(results[1:])


async def _round(engine: Engine) -> Round:
    async with _line(engine) as ask:
        alone = await _play(ask, with_hog=False)
    async with _line(engine) as ask:
        line = await _play(ask, with_hog=True)
    ask = _first_come(engine)
    return Round(alone, line, await _play(ask, with_hog=False), await _play(ask, with_hog=True))


async def _play(way: Way, *, with_hog: bool) -> list[Turn]:
    lengths = [LENGTHS[number % len(LENGTHS)] for number in range(HOGS_REQUESTS)]
    hogs = [Turn(HOG, tokens) for tokens in lengths] if with_hog else []
    lights = [Turn(member, lengths[number]) for number, member in enumerate(LIGHT * LIGHT_REQUESTS)]
    async with asyncio.TaskGroup() as evening:
        for turn in hogs:
            evening.create_task(_ask(way, turn))
        if hogs:
            await hogs[0].speaks.wait()
        for turn in lights:
            evening.create_task(_ask(way, turn))
    return [*hogs, *lights]


async def _ask(way: Way, turn: Turn) -> None:
    turn.asked_s = time.perf_counter()
    await way(turn)
    turn.ended_s = time.perf_counter()


# ── the ways ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Writing(Handler):
    """The kind of job that is asked here: so many tokens, and nothing is kept of them."""

    async def prepare(self, job: Job) -> TextRequest:
        return _request(job.asked["tokens"])

    async def finish(self, job: Job, finished: Finished) -> Mapping[str, Any]:
        return {}


@asynccontextmanager
async def _line(engine: Engine) -> AsyncIterator[Way]:
    with TemporaryDirectory() as folder:
        async with Database.open(Path(folder) / "bench.sqlite3") as database:
            bounds = Bounds(per_member=HOGS_REQUESTS)
            queue = JobQueue(JobStore(database), engine, bounds=bounds, clock=utc_now)
            queue.register("bench", _Writing())

            async def ask(turn: Turn) -> None:
                new = NewJob("bench", 1, turn.member, ReplyPlace(1), {"tokens": turn.tokens})
                job = await queue.submit(new)
                async for view in queue.watch(job.id):
                    turn.device_ms = view.job.cost_ms
                    if view.job.state is JobState.RUNNING and not turn.began_s:
                        turn.began_s = time.perf_counter()
                    if view.text:
                        turn.speak()

            async with queue.running():
                yield ask


def _first_come(engine: Engine) -> Way:
    seats = asyncio.Semaphore(engine.seats(TextRequest))

    async def ask(turn: Turn) -> None:
        async with seats:
            turn.began_s = time.perf_counter()
            async for event in engine.run(_request(turn.tokens)):
                if isinstance(event, TextDelta):
                    turn.speak()
                if isinstance(event, Finished):
                    turn.device_ms = event.device_ms

    return ask


def _request(tokens: int) -> TextRequest:
    return TextRequest("bench", (PromptPart("story", Role.USER, STORY),), tokens, Sampling(seed=tokens))


# ── what it comes to ──────────────────────────────────────────────────────────────────────────────────────────────────


def jain(shares: Iterable[float]) -> float:
    """Return Jain's fairness index of what each one had: 1 when all had the same, 1/n when one had everything."""
    had = list(shares)
    squares = sum(share * share for share in had)
    return sum(had) ** 2 / (len(had) * squares) if squares else 1.0


def _jain_while_waiting(turns: Sequence[Turn]) -> float:
    last_wait_s = max(turn.began_s for turn in turns if turn.member != HOG)
    contested = [turn for turn in turns if turn.began_s <= last_wait_s]
    return jain(sum(turn.device_ms for turn in contested if turn.member == member) for member in (HOG, *LIGHT))


def _light_p95_s(turns: Sequence[Turn]) -> float:
    waits = [turn.first_word_s - turn.asked_s for turn in turns if turn.member != HOG]
    return quantiles(waits, n=20, method="inclusive")[-1]


def _report(rounds: Sequence[Round]) -> Report:
    ratios = [_light_p95_s(one.line) / _light_p95_s(one.alone) for one in rounds]
    first_come = [_light_p95_s(one.first_come) / _light_p95_s(one.alone_first_come) for one in rounds]
    figures = (
        Figure.of("jain", [_jain_while_waiting(one.line) for one in rounds], ">= 0.95"),
        Figure.of("light_p95_ratio", ratios, "<= 1.5"),
        Figure.of("jain_first_come", [_jain_while_waiting(one.first_come) for one in rounds]),
        Figure.of("light_p95_ratio_first_come", first_come),
    )
    return Report("fairness: one member with 20 requests, four with 2 each", figures, _rows(rounds))


def _rows(rounds: Sequence[Round]) -> tuple[tuple[str, ...], ...]:
    ways: tuple[tuple[str, Callable[[Round], list[Turn]]], ...] = (
        ("the light members alone, through the line", lambda one: one.alone),
        ("all five, through the line", lambda one: one.line),
        ("the light members alone, first come first served", lambda one: one.alone_first_come),
        ("all five, first come first served", lambda one: one.first_come),
    )
    rows = [("way", "light members' first word p95, s", "all done after, s")]
    for name, way in ways:
        played = [way(one) for one in rounds]
        first = median(_light_p95_s(turns) for turns in played)
        rows.append((name, number(first), number(median(_seconds(turns) for turns in played))))
    return tuple(rows)


def _seconds(turns: Sequence[Turn]) -> float:
    return max(turn.ended_s for turn in turns) - min(turn.asked_s for turn in turns)
