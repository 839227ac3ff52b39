"""An engine without a model that writes at a given speed, so that what is measured is everything around the model."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from models.engine import EngineStats, ModelCard, PromptLayout
from models.events import Event, Finished, FinishReason, Started, TextDelta
from models.requests import Request, TextRequest

WORDS = """
the sea and an old lantern over grey stones where nobody waited for rain because winter had passed this harbour like a
ship that carries no light but songs of far towns so they walked on slowly until morning came back to the empty street
"""
WORDS_A_SENTENCE, SENTENCES_A_PARAGRAPH = 12, 6
TOKENS_A_WORD = 1.3
BEAT_S = 0.08
"""How often new words leave the engine: as often as the real one's."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How a writer writes; the words of a passage are drawn between `fewest` and `most`."""

    first_word_s: float
    words_per_s: float
    fewest: int
    most: int


class Writer:
    """Implements `Engine`; what it writes depends on the request's id alone."""

    card = ModelCard("a writer of even speed", "Apache-2.0", "none", "none", window_tokens=100_000)
    image_card = None
    sight_card = None

    def __init__(self, speed: Speed, seats: int) -> None:
        self._speed = speed
        self._seats = seats
        self._running = 0

    async def run(self, request: Request) -> AsyncIterator[Event]:
        """Write a passage."""
        self._running += 1
        try:
            async for event in self._write(random.Random(request.id)):
                yield event
        finally:
            self._running -= 1

    def seats(self, kind: type[Request]) -> int:
        """Say how many passages are written at once; it does nothing else."""
        return self._seats if issubclass(kind, TextRequest) else 0

    def stats(self) -> EngineStats:
        """Report the speed it was given."""
        tokens_per_s = self._speed.words_per_s * TOKENS_A_WORD * max(1, self._running)
        return EngineStats(self._running, 0, tokens_per_s, 1_000.0, cache_bytes=0, peak_memory_bytes=0)

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Lay out the prompt as it is, a word a token."""
        text = "\n".join(part.text for part in request.parts)
        return PromptLayout(text, len(text.split()), self.card.window_tokens, ())

    async def _write(self, chance: random.Random) -> AsyncIterator[Event]:
        speed, count = self._speed, chance.randint(self._speed.fewest, self._speed.most)
        yield Started(prompt_tokens=500, cached_tokens=0)
        await asyncio.sleep(speed.first_word_s)
        pieces = list(_prose(chance, count))
        step = max(1, round(speed.words_per_s * BEAT_S))
        for start in range(0, count, step):
            yield TextDelta("".join(pieces[start : start + step]))
            await asyncio.sleep(step / speed.words_per_s)
        device_ms = 1e3 * count / speed.words_per_s
        yield Finished("".join(pieces), FinishReason.STOP, round(count * TOKENS_A_WORD), device_ms)


def _prose(chance: random.Random, count: int) -> Iterator[str]:
    """Yield words with the space before them, in sentences and paragraphs."""
    words, gap = WORDS.split(), ""
    for number in range(1, count + 1):
        is_last = number % WORDS_A_SENTENCE == 0 or number == count
        word = chance.choice(words)
        begins = number % WORDS_A_SENTENCE == 1
        yield f"{gap}{word.capitalize() if begins else word}{'.' if is_last else ''}"
        gap = "\n\n" if number % (WORDS_A_SENTENCE * SENTENCES_A_PARAGRAPH) == 0 else " "
