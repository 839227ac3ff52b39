"""An engine that says and draws what a test tells it to, at once, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from models.engine import EngineStats, ImageCard, ModelCard, PartCount, PromptLayout
from models.errors import ModelUnavailable
from models.events import Drawn, DrawnPicture, Event, Finished, FinishReason, Preview, Started, StepDone, TextDelta
from models.requests import ImageRequest, Request, Shape, SightRequest, TextRequest
from tests.gradients import gradient, jpeg_of

SIZES = {Shape.SQUARE: (64, 64), Shape.WIDE: (96, 64), Shape.TALL: (64, 96)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of one request in their pieces; an exception among them ends it there."""

    pieces: tuple[str | Exception, ...] = ("And so", " it went on.")
    device_ms: float = 100.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one request is drawn: in so many steps, to these pictures or an error; else to a gradient a seed.

    There is a preview after each step but the last.
    """

    outcome: tuple[DrawnPicture, ...] | Exception | None = None
    steps: int = 4
    has_previews: bool = True
    device_ms: float = 100.0


class ScriptedEngine:
    """Implements `Engine`; requests without an enqueued answer get the default one.

    `history` holds the requests in the order they came, `closed` the ids of those given up before their end,
    `busiest` the most that ran at once. Without an `image_card` or a `sight_card` it cannot draw or see.
    """

    card = ModelCard("scripted", "Apache-2.0", "none", "test", window_tokens=2048)

    def __init__(self, seats: int = 2, *, picture_seats: int = 2, sight_seats: int = 1) -> None:
        self.image_card: ImageCard | None = ImageCard(
            "scripted pictures", "Apache-2.0", "none", "test", SIZES, steps=4, guidance=2.0, takes_avoid=True,
            edits="strength", references=1, largest=(128, 128), takes_lora=True,
        )  # fmt: skip
        self.sight_card: ModelCard | None = ModelCard("scripted sight", "Apache-2.0", "none", "test", 2048)
        self.history: list[Request] = []
        self.closed: list[str] = []
        self.busiest = 0
        self._seats: Mapping[type[Request], int] = {
            TextRequest: seats, ImageRequest: picture_seats, SightRequest: sight_seats
        }  # fmt: skip
        self._running = 0
        self._answers: deque[Answer] = deque()
        self._drawings: deque[Drawing] = deque()
        self._held_after: int | None = None
        self._held = 0
        self._gate = asyncio.Semaphore(0)
        self._came = asyncio.Condition()

    @property
    def texts(self) -> list[TextRequest]:
        """Return those of `history` that asked for a text."""
        return [request for request in self.history if isinstance(request, TextRequest)]

    @property
    def pictures(self) -> list[ImageRequest]:
        """Return those of `history` that asked for pictures."""
        return [request for request in self.history if isinstance(request, ImageRequest)]

    @property
    def looks(self) -> list[SightRequest]:
        """Return those of `history` that asked what is on a picture."""
        return [request for request in self.history if isinstance(request, SightRequest)]

    def enqueue(self, answer: Sequence[str | Exception] | Exception, device_ms: float = 100.0) -> None:
        """Script the answer of the next request for words that has none: its pieces, or how it fails."""
        pieces = (answer,) if isinstance(answer, Exception) else tuple(answer)
        self._answers.append(Answer(pieces, device_ms))

    def enqueue_picture(
        self,
        outcome: Sequence[DrawnPicture] | Exception | None = None,
        *,
        steps: int = 4,
        has_previews: bool = True,
        device_ms: float = 100.0,
    ) -> None:
        """Script the next drawing that is not: what comes of it, or how it fails once its steps are done."""
        pictures = outcome if outcome is None or isinstance(outcome, Exception) else tuple(outcome)
        self._drawings.append(Drawing(pictures, steps, has_previews, device_ms))

    def hold(self, after: int = 0) -> None:
        """Keep every request from now on running once it has said `after` pieces, or drawn as many steps."""
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
        """Say the next answer piece by piece, or draw the next drawing step by step."""
        if not self._can(type(request)):
            raise ModelUnavailable("no model is loaded for this kind of request")
        events = self._draw(request) if isinstance(request, ImageRequest) else self._say(request)
        await self._begin(request)
        try:
            async with aclosing(events):
                async for event in events:
                    yield event
        except (GeneratorExit, asyncio.CancelledError):
            self.closed.append(request.id)
            raise
        finally:
            self._running -= 1

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests of a kind the test lets it have at once."""
        return self._seats[kind] if self._can(kind) else 0

    def stats(self) -> EngineStats:
        """Report the load, and round speeds."""
        return EngineStats(self._running, 0, 100.0, 1000.0, cache_bytes=0, peak_memory_bytes=0, image_step_ms=10.0)

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Lay out the parts in order, a word a token; nothing is dropped."""
        counts = tuple(PartCount(part, len(part.text.split()), dropped=False) for part in request.parts)
        text = "\n".join(part.text for part in request.parts)
        return PromptLayout(text, _words(request), self.card.window_tokens, counts)

    def _can(self, kind: type[Request]) -> bool:
        needed = {ImageRequest: self.image_card, SightRequest: self.sight_card}
        return needed.get(kind, self.card) is not None

    async def _say(self, request: TextRequest | SightRequest) -> AsyncGenerator[Event, None]:
        answer = self._answers.popleft() if self._answers else Answer()
        yield Started(prompt_tokens=_words(request), cached_tokens=0)
        for said, piece in enumerate(answer.pieces):
            await self._pause_after(said)
            if isinstance(piece, Exception):
                raise piece
            yield TextDelta(piece)
        await self._pause_after(len(answer.pieces))
        yield _finished(answer)

    async def _draw(self, request: ImageRequest) -> AsyncGenerator[Event, None]:
        drawing = self._drawings.popleft() if self._drawings else Drawing()
        yield Started()
        for step in range(1, drawing.steps + 1):
            await self._pause_after(step - 1)
            yield StepDone(step, drawing.steps)
            if drawing.has_previews and step < drawing.steps:
                yield Preview(jpeg_of(request, step / drawing.steps))
        await self._pause_after(drawing.steps)
        if isinstance(drawing.outcome, Exception):
            raise drawing.outcome
        pictures = drawing.outcome or tuple(gradient(request.width, request.height, seed) for seed in request.seeds)
        yield Drawn(pictures, drawing.steps, request.guidance or 2.0, drawing.device_ms)

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


def _words(request: TextRequest | SightRequest) -> int:
    texts = [request.question] if isinstance(request, SightRequest) else [part.text for part in request.parts]
    return sum(len(text.split()) for text in texts)


def _finished(answer: Answer) -> Finished:
    text = "".join(piece for piece in answer.pieces if isinstance(piece, str))
    return Finished(text.strip(), FinishReason.STOP, len(answer.pieces), answer.device_ms)
