"""LocalEngine: one device, this process. Requests go in from the event loop, events come back to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from models.device import DeviceThread
from models.engine import EngineStats, ImageCard, ModelCard, PromptLayout
from models.errors import EngineClosed, EngineError, ModelUnavailable
from models.events import Event, Finished
from models.loading import Progress, silent
from models.outbox import Item
from models.requests import Request, TextRequest
from models.text.config import TextModelConfig
from models.text.engine import TextEngine, assemble
from models.text.loading import Load, load
from models.text.outlook import Outlook, outlook

if TYPE_CHECKING:
    from models.text.batch import TextBatch

__all__ = ["LocalEngine", "Outlook"]

T = TypeVar("T")


class LocalEngine:
    """An `Engine` on a device of this machine, for one event loop. Open it with `LocalEngine.open`."""

    def __init__(self, config: TextModelConfig, progress: Progress, load: Load) -> None:
        self._loop = asyncio.get_running_loop()
        self._inboxes: dict[int, asyncio.Queue[Item]] = {}
        self._tickets = count()
        self._closed = False
        self._built: TextEngine | None = None
        self._thread = DeviceThread(lambda: self._build(config, progress, load))

    @classmethod
    @asynccontextmanager
    async def open(
        cls, config: TextModelConfig, progress: Progress = silent, *, load: Load = load
    ) -> AsyncIterator[LocalEngine]:
        """Load the model in the device thread, and give the device back at the end.

        `progress` and `load` are called from that thread. Raises `ModelUnavailable`.
        """
        engine = cls(config, progress, load)
        try:
            await asyncio.wrap_future(engine._thread.ready)
            yield engine
        finally:
            engine._closed = True
            await asyncio.to_thread(engine._thread.close)

    @staticmethod
    async def outlook(config: TextModelConfig) -> Outlook:
        """Look at the device and the model's needs without loading it. Raises `ModelUnavailable`."""
        return await asyncio.to_thread(outlook, config)

    @property
    def card(self) -> ModelCard:
        """Say which model this is."""
        return self._text.card

    @property
    def image_card(self) -> ImageCard | None:
        """Say which pipeline draws."""
        return None

    @property
    def sight_card(self) -> ModelCard | None:
        """Say which model looks at pictures."""
        return None

    async def run(self, request: Request) -> AsyncGenerator[Event, None]:
        """Work on a request and yield its events; closing the iterator cancels the work.

        Raises an `EngineError` when the request fails.
        """
        if not isinstance(request, TextRequest):
            raise ModelUnavailable("no model is loaded for this kind of request")
        ticket, inbox = next(self._tickets), asyncio.Queue[Item]()
        sequence = await self._in_thread(lambda text: text.sequence(ticket, request))
        self._inboxes[ticket] = inbox
        self._thread.post(lambda batch: batch.submit(sequence))
        try:
            while not isinstance(item := await inbox.get(), Finished):
                if isinstance(item, EngineError):
                    raise item
                yield item
            yield item
        finally:
            del self._inboxes[ticket]
            self._thread.post(lambda batch: batch.cancel(ticket))

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests of a kind are worked on at once."""
        return self._text.slots if issubclass(kind, TextRequest) else 0

    def stats(self) -> EngineStats:
        """Report measured speeds and loads; decoding is counted over all rows together."""
        return self._text.batch.stats()

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Lay out a request's prompt as `run` would, without running it."""
        return await self._in_thread(lambda text: text.prompts.build(request).layout)

    @property
    def _text(self) -> TextEngine:
        if self._closed or self._built is None:
            raise EngineClosed("the engine is shut down")
        return self._built

    async def _in_thread(self, call: Callable[[TextEngine], T]) -> T:
        """Have prompts laid out beside the loop, which a long one would hold up."""
        result = await asyncio.to_thread(call, self._text)
        self._text  # noqa: B018  (raises if the engine was shut down meanwhile)
        return result

    def _build(self, config: TextModelConfig, progress: Progress, load: Load) -> TextBatch:
        self._built = assemble(load(config, progress), config, self._post)
        return self._built.batch

    def _post(self, items: list[tuple[int, Item]]) -> None:
        """Hand events to the loop, in the device thread; nobody is left to read them once the loop is closed."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver, items)

    def _deliver(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            if inbox := self._inboxes.get(ticket):
                inbox.put_nowait(item)
