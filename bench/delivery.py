"""Twenty stories streaming in twenty channels, through a real discord.py and a sandbox with Discord's rate limits.

First a writer of even speed stands in for the model, so that the figures are delivery's own; then the embedded model
writes all twenty at once.

- `provoked_429`: how often Discord had to say "too many requests".
- `mismatched`: final messages that do not equal the passage that is stored.
- `first_word_p50_ms`, `first_word_p95_ms`: from the command to the first visible word.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bench.evening.room import SERVER, Table, salon_in, set_tables
from bench.evening.writer import Speed, Writer
from bench.report import Figure, Report, chosen_cache_dir, number
from bot.app import Salon
from bot.delivery.draft import visible_text
from bot.people import Channel, Member
from models.engine import Engine
from models.local import LocalEngine
from models.text.config import TextModelConfig
from sandbox import Message, RateLimits, Sandbox

ROUNDS = 3
STORIES = 20
PATIENCE_S = 300.0
# What the embedded model does on two cores with so many rows; some passages are longer than one message.
SPEED = Speed(first_word_s=0.3, words_per_s=14.0, fewest=60, most=420)
OPENING = "The lantern went out, and Mara heard the sea come up the stairs."


@dataclass(frozen=True, slots=True)
class Night:
    """What one evening came to; times in seconds."""

    first_words_s: list[float]
    seconds: float
    mismatched: int
    provoked_429: int
    requests: int
    busiest_second: int
    longest_messages: int


async def measure(rounds: int = ROUNDS) -> Report:
    """Play the evening `rounds` times with the even writer and as often with the embedded model."""
    even = [await _night(Writer(SPEED, seats=STORIES)) for _ in range(rounds)]
    config = TextModelConfig(slots=STORIES, threads=os.cpu_count(), cache_dir=chosen_cache_dir())
    async with LocalEngine.open(config) as engine:
        real = [await _night(engine) for _ in range(rounds)]
    return _report(even, real)


async def _night(engine: Engine) -> Night:
    with TemporaryDirectory() as folder:
        discord = Sandbox(limits=RateLimits.realistic())
        tables = set_tables(discord, STORIES)
        async with discord, salon_in(discord, Path(folder), engine) as salon:
            for table in tables:
                await table.guest.slash(table.channel, "story start", title=table.channel.name, opening=OPENING)
            await _quiet(discord)
            before, began_s = len(discord.log), time.perf_counter()
            told = await asyncio.gather(*map(_tell, tables))
            seconds = time.perf_counter() - began_s
            wrong = [await _differs(salon, discord.guild_id(SERVER), table) for table in tables]
            per_second = Counter(int(exchange.at) for exchange in discord.log[before:])
            return Night(
                list(told),
                seconds,
                sum(wrong),
                sum(discord.limits.provoked.values()),
                per_second.total(),
                max(per_second.values()),
                max(len(_messages(table)) for table in tables),
            )


async def _tell(table: Table) -> float:
    """Let the AI write on; return how long the first visible word took, once the passage is finished."""
    asked_s = time.perf_counter()
    answer: Message = await table.guest.slash(table.channel, "story continue", length="paragraph")
    await answer.until(lambda m: m.content != "", PATIENCE_S)
    first_word_s = time.perf_counter() - asked_s
    await table.channel.next_message(lambda m: "Continue" in m.labels, PATIENCE_S)
    return first_word_s


async def _differs(salon: Salon, server_id: int, table: Table) -> bool:
    member, channel = Member(table.guest.id, table.guest.name, server_id), Channel(table.channel.id, server_id)
    *_, passage = await salon.services.stories.passages(member, channel)
    return not passage.by_ai or visible_text(m.content for m in _messages(table)) != passage.text


def _messages(table: Table) -> list[Message]:
    """Return the messages of the AI's passage: what came after the opening."""
    contents = [message.content for message in table.channel.messages]
    return table.channel.messages[contents.index(OPENING) + 1 :]


async def _quiet(discord: Sandbox) -> None:
    """Let a second pass, so that no request of the preparations counts against the evening's limits."""
    await asyncio.sleep(1.0)
    discord.limits.provoked.clear()


def _report(even: Sequence[Night], real: Sequence[Night]) -> Report:
    every = [*even, *real]
    figures = (
        Figure.of("provoked_429", [night.provoked_429 for night in every], "0"),
        Figure.of("mismatched", [night.mismatched for night in every], "0"),
        Figure.of("first_word_p50_ms", [_percentile_ms(night, 50) for night in even]),
        Figure.of("first_word_p95_ms", [_percentile_ms(night, 95) for night in even]),
        Figure.of("embedded_first_word_p50_ms", [_percentile_ms(night, 50) for night in real]),
        Figure.of("embedded_first_word_p95_ms", [_percentile_ms(night, 95) for night in real]),
    )
    heading = ("who writes", "all done after, s", "requests", "in the busiest second", "longest passage, messages")
    rows = [_row("a writer of even speed", night) for night in even] + [
        _row("the embedded model", night) for night in real
    ]
    note = f"The even writer says its first words {number(SPEED.first_word_s * 1e3)} ms after it is asked."
    return Report(f"delivery: {STORIES} stories streaming in {STORIES} channels", figures, (heading, *rows), (note,))


def _row(who: str, night: Night) -> tuple[str, ...]:
    return (
        who,
        number(night.seconds),
        str(night.requests),
        str(night.busiest_second),
        str(night.longest_messages),
    )


def _percentile_ms(night: Night, percent: int) -> float:
    return 1e3 * quantiles(night.first_words_s, n=100, method="inclusive")[percent - 1]
