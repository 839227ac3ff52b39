"""An engine that says what a test tells it to, at once, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from models.engine import EngineStats, ModelCard, PartCount, PromptLayout
from models.events import Event, Finished, FinishReason, Started, TextDelta
from models.requests import Request


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of one request in their pieces; an exception among them ends it there."""

    pieces: tuple[str | Exception, ...] = ("And so", " it went on.")
    device_ms: float = 100.0


class ScriptedEngine:
    """Implements `Engine`; requests without an enqueued answer get the default one.

    `history` holds the requests in the order they came, `closed` the ids of those given up before their end,
    `busiest` the most that ran at once.
    """

    card = ModelCard("scripted", "Apache-2.0", "none", "test", window_tokens=2048)

    def __init__(self, seats: int = 2) -> None:
        self.history: list[Request] = []
        self.closed: list[str] = []
        self.busiest = 0
        self._seats = seats
        self._running = 0
        self._answers: deque[Answer] = deque()
        self._held_after: int | None = None
        self._held = 0
        self._gate = asyncio.Semaphore(0)
        self._came = asyncio.Condition()

    def enqueue(self, answer: Sequence[str | Exception] | Exception, device_ms: float = 100.0) -> None:
        """Script the answer of the next request that has none: its pieces, or how it fails."""
        pieces = (answer,) if isinstance(answer, Exception) else tuple(answer)
        self._answers.append(Answer(pieces, device_ms))

    def hold(self, after: int = 0) -> None:
        """Keep every request from now on running once it has said `after` pieces."""
        self._held_after = after

    def release(self, count: int | None = None) -> None:
        """Let the next `count` requests go, those held longest first; or all of them and those to come."""
        if count is None:
            self._held_after, count = None, self._held
        for _ in range(count):
            self._gate.release()

    async def came(self, count: int) -> None:
        """Wait until `count` requests have come in all."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.history) >= count)

    async def run(self, request: Request) -> AsyncIterator[Event]:
        """Say the next answer, piece by piece."""
        answer = self._answers.popleft() if self._answers else Answer()
        await self._begin(request)
        try:
            yield Started(prompt_tokens=_words(request), cached_tokens=0)
            for said, piece in enumerate(answer.pieces):
                await self._pause_after(said)
                if isinstance(piece, Exception):
                    raise piece
                yield TextDelta(piece)
            await self._pause_after(len(answer.pieces))
            yield _finished(answer)
        except (GeneratorExit, asyncio.CancelledError):
            self.closed.append(request.id)
            raise
        finally:
            self._running -= 1

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests the test lets it have at once."""
        return self._seats

    def stats(self) -> EngineStats:
        """Report the load, and round speeds."""
        return EngineStats(self._running, 0, 100.0, 1000.0, cache_bytes=0, peak_memory_bytes=0)

    async def layout(self, request: Request) -> PromptLayout:
        """Lay out the parts in order, a word a token; nothing is dropped."""
        counts = tuple(PartCount(part, len(part.text.split()), dropped=False) for part in request.parts)
        text = "\n".join(part.text for part in request.parts)
        return PromptLayout(text, _words(request), self.card.window_tokens, counts)

    async def _begin(self, request: Request) -> None:
        self._running += 1
        self.busiest = max(self.busiest, self._running)
        async with self._came:
            self.history.append(request)
            self._came.notify_all()

    async def _pause_after(self, said: int) -> None:
        if said == self._held_after:
            self._held += 1
            try:
                await self._gate.acquire()
            finally:
                self._held -= 1


def _words(request: Request) -> int:
    return sum(len(part.text.split()) for part in request.parts)


def _finished(answer: Answer) -> Finished:
    text = "".join(piece for piece in answer.pieces if isinstance(piece, str))
    return Finished(text.strip(), FinishReason.STOP, len(answer.pieces), answer.device_ms)
