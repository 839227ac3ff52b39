"""What every way to share the device is put through."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bench.sharing.ways import Way, stopwatch

STORIES = 8
TOKENS = 64
DRAWINGS = 2
"""Pictures that are asked for at any time: one is drawn, and another waits already."""
LIGHT_TOKENS, LIGHT_EVERY_S = 24, 5.0
WORDS = """
the sea and a lantern over old stones where Mara waited for rain with her brother who had never seen snow because winter
passed by this harbour like a ship that carries no light but songs of far towns and their bells so they walked on slowly
"""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the trials are: requests whose first words are timed, and seconds of everything else."""

    asks: int = 40
    seconds: float = 12.0


@dataclass(slots=True)
class Tally:
    """What was made within `seconds`; what comes later is not counted."""

    seconds: float
    text: str = ""
    pictures: float = 0.0
    clock: Callable[[], float] = field(default_factory=stopwatch)

    @property
    def is_over(self) -> bool:
        """Whether the time has passed."""
        return self.clock() >= self.seconds

    def add_text(self, text: str) -> None:
        """Count words."""
        if not self.is_over:
            self.text += text

    def add_share(self, share: float) -> None:
        """Count a share of a picture."""
        if not self.is_over:
            self.pictures += share

    @property
    def words_a_second(self) -> float:
        """The texts' rate, all of them together."""
        return len(self.text.split()) / self.seconds

    @property
    def pictures_a_minute(self) -> float:
        """The pictures' rate."""
        return self.pictures * 60 / self.seconds


async def first_words_s(way: Way, asks: int, chance: random.Random) -> list[float]:
    """Ask for one token at a time, at odd moments; return how long each took."""
    took = []
    for _ in range(asks):
        await asyncio.sleep(chance.uniform(0, 0.2))
        clock = stopwatch()
        await way.write(story(chance, chance.randint(60, 140)), 1, lambda _: None)
        took.append(clock())
    return took


async def both(way: Way, seconds: float, chance: random.Random, *, writes: bool, draws: bool) -> Tally:
    """Let eight stories be written without pause, pictures be drawn without pause, or both."""
    tally = Tally(seconds)
    stories = [_endless(tally, lambda: _passage(way, tally, chance)) for _ in range(STORIES if writes else 0)]
    seeds = count()
    drawings = [_endless(tally, lambda: way.draw(next(seeds), tally.add_share)) for _ in range(DRAWINGS * draws)]
    await asyncio.gather(*stories, *drawings)
    return tally


async def lightly(way: Way, seconds: float, chance: random.Random) -> Tally:
    """Draw without pause, and write a few words now and then."""
    tally = Tally(seconds)

    async def now_and_then() -> None:
        while not tally.is_over:
            await way.write(story(chance, 60), LIGHT_TOKENS, tally.add_text)
            await asyncio.sleep(LIGHT_EVERY_S)

    writer = asyncio.create_task(now_and_then())
    seeds = count()
    await asyncio.gather(*(_endless(tally, lambda: way.draw(next(seeds), tally.add_share)) for _ in range(DRAWINGS)))
    writer.cancel()
    return tally


@asynccontextmanager
async def drawing(way: Way) -> AsyncIterator[None]:
    """Have pictures drawn without pause meanwhile, from the end of a first one on."""
    tally, seeds = Tally(float("inf")), count()
    await way.draw(next(seeds), tally.add_share)
    drawings = [_endless(tally, lambda: way.draw(next(seeds), tally.add_share)) for _ in range(DRAWINGS)]
    drawn = asyncio.gather(*drawings)
    try:
        yield
    finally:
        tally.seconds = 0.0
        await drawn


def story(chance: random.Random, words: int) -> str:
    """Make up a story that no row has read."""
    known = WORDS.split()
    return " ".join(chance.choice(known) for _ in range(words))


async def _passage(way: Way, tally: Tally, chance: random.Random) -> None:
    await way.write(story(chance, chance.randint(60, 140)), TOKENS, tally.add_text)


async def _endless(tally: Tally, work: Callable[[], Awaitable[None]]) -> None:
    while not tally.is_over:
        await work()
