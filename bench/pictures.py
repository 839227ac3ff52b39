"""Pictures through the whole bot, from a member's command to what she sees in the sandbox.

The embedded pipeline draws; judging, signing and keeping are real, and so are Discord's rate limits. First one member
asks for one picture after another; then ten members ask for two each, all at once; then all ten ask again and press
Cancel as soon as they can.

- `preview_p50_s`, `preview_p95_s`, `picture_p50_s`, `picture_p95_s`: from the command to the first preview and to the
  finished picture while nobody else asks; `crowd_...`: the same among the ten.
- `jain`: Jain's index over what each of the ten had of the device in the first half of the pictures that were begun.
- `unserved`: how many of the ten were left without one of their pictures.
- `cancelled`: the share of the presses on Cancel that ended what they were pressed on.
- `provoked_429`: how often Discord had to say "too many requests".
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.evening.room import Table, salon_in, set_tables
from bench.fairness import jain
from bench.report import Figure, Report, chosen_cache_dir, number, p95
from bot.app import Salon
from bot.jobs.job import Job, JobState
from models.engine import Engine
from models.image.config import ImageModelConfig
from models.local import LocalEngine
from models.text.config import TextModelConfig
from sandbox import Message, RateLimits, Refused, Sandbox

ROUNDS = 3
MEMBERS = 10
ALONE = 10
EACH = 2
PATIENCE_S = 300.0
SUBJECTS = ["apple", "sailboat", "castle", "cat", "robot", "tulip", "fish", "house", "bell", "pear"]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one picture took to be seen, in seconds from the command: unfinished, and done."""

    preview_s: float
    picture_s: float


@dataclass(frozen=True, slots=True)
class Night:
    """What one evening came to: waits of one member alone and of the crowd, the crowd's jobs, what was cancelled."""

    alone: list[Wait]
    crowd: list[Wait]
    jobs: list[Job]
    unserved: int
    pressed: int
    cancelled: int
    provoked_429: int


async def measure(rounds: int = ROUNDS) -> Report:
    """Spend the evening `rounds` times with the embedded models."""
    text = TextModelConfig(device="cpu", threads=os.cpu_count(), cache_dir=chosen_cache_dir())
    async with LocalEngine.open(text, image=ImageModelConfig(device="cpu")) as engine:
        return report([await night(engine) for _ in range(rounds)])


async def night(engine: Engine, members: int = MEMBERS, alone: int = ALONE) -> Night:
    """Spend one evening, after a picture that warms everything up."""
    with TemporaryDirectory() as folder:
        discord = Sandbox(limits=RateLimits.realistic())
        tables = set_tables(discord, members)
        async with discord, salon_in(discord, Path(folder), engine) as salon:
            await _ask(tables[0], 0)
            quiet = [await _ask(tables[0], number) for number in range(alone)]
            asked = _listen(salon)
            served = await asyncio.gather(*(_ask_for_some(table, at) for at, table in enumerate(tables)))
            jobs = [await salon.services.queue.job(job.id) for job in asked]
            ended = [end for end in await asyncio.gather(*(_cancel(salon, t, n) for n, t in enumerate(tables))) if end]
            return Night(
                quiet,
                [wait for waits in served for wait in waits],
                jobs,
                sum(len(waits) < EACH for waits in served),
                len(ended),
                sum(job.state is JobState.CANCELLED for job in ended),
                sum(discord.limits.provoked.values()),
            )


def _listen(salon: Salon) -> list[Job]:
    """Return a list that grows by every job that is asked from now on."""
    asked: list[Job] = []
    salon.services.queue.on_submitted(asked.append)
    return asked


async def _ask_for_some(table: Table, subject: int) -> list[Wait]:
    """Ask for as many pictures as each may have, and wait for all; leave out those that never came."""
    came = await asyncio.gather(*(_ask(table, subject + n) for n in range(EACH)), return_exceptions=True)
    return [wait for wait in came if isinstance(wait, Wait)]


async def _ask(table: Table, subject: int) -> Wait:
    asked_s = time.perf_counter()
    message = await _begin(table, subject)
    await message.until(lambda m: bool(m.files), PATIENCE_S)
    preview_s = time.perf_counter() - asked_s
    await message.until(lambda m: "Again" in m.labels, PATIENCE_S)
    return Wait(preview_s, time.perf_counter() - asked_s)


async def _begin(table: Table, subject: int) -> Message:
    message: Message = await table.guest.slash(
        table.channel, "picture imagine", prompt=f"a {SUBJECTS[subject % len(SUBJECTS)]}", seed=subject
    )
    return message


async def _cancel(salon: Salon, table: Table, subject: int) -> Job | None:
    """Ask, press Cancel and return how the job ended; nothing where it was done before the button could be pressed."""
    asked = _listen(salon)
    message = await _begin(table, subject)
    try:
        await table.guest.press(message, "Cancel")
    except Refused:
        return None
    await message.until(lambda m: "Cancel" not in m.labels, PATIENCE_S)
    mine = next(job for job in asked if job.member_id == table.guest.id)
    return await salon.services.queue.job(mine.id)


# ── what it comes to ──────────────────────────────────────────────────────────────────────────────────────────────────


def report(nights: Sequence[Night]) -> Report:
    """Sum the evenings up."""
    figures = (
        *_waits("", [night.alone for night in nights]),
        *_waits("crowd_", [night.crowd for night in nights]),
        Figure.of("jain", [jain(first_half(night.jobs)) for night in nights], ">= 0.95"),
        Figure.of("unserved", [night.unserved for night in nights], "0"),
        Figure.of("cancelled", [night.cancelled / max(1, night.pressed) for night in nights], "1"),
        Figure.of("provoked_429", [night.provoked_429 for night in nights], "0"),
    )
    heading = ("evening", "pictures of the crowd", "all done after, s", "device time of a picture, s", "pressed Cancel")
    rows = [_row(number, night) for number, night in enumerate(nights, start=1)]
    return Report(f"pictures: {MEMBERS} members ask for {EACH} each at once", figures, (heading, *rows))


def first_half(jobs: Sequence[Job]) -> list[float]:
    """Return the device time that each member had in the half of the jobs that began first."""
    begun = sorted((job for job in jobs if job.started_at), key=lambda job: (job.started_at, job.id))
    first = begun[: len(jobs) // 2]
    return [sum(job.cost_ms for job in first if job.member_id == member) for member in {job.member_id for job in jobs}]


def _waits(prefix: str, nights: Sequence[Sequence[Wait]]) -> tuple[Figure, ...]:
    def each(sum_up: Callable[[Sequence[float]], float], one: Callable[[Wait], float]) -> list[float]:
        return [sum_up([one(wait) for wait in waits]) for waits in nights]

    return (
        Figure.of(f"{prefix}preview_p50_s", each(median, lambda wait: wait.preview_s)),
        Figure.of(f"{prefix}preview_p95_s", each(p95, lambda wait: wait.preview_s)),
        Figure.of(f"{prefix}picture_p50_s", each(median, lambda wait: wait.picture_s)),
        Figure.of(f"{prefix}picture_p95_s", each(p95, lambda wait: wait.picture_s)),
    )


def _row(at: int, night: Night) -> tuple[str, ...]:
    return (
        str(at),
        str(len(night.crowd)),
        number(max(wait.picture_s for wait in night.crowd)),
        number(median(job.cost_ms for job in night.jobs) / 1e3),
        f"{night.pressed}, {night.cancelled} in time",
    )
