"""LocalEngine: one device, this process. Requests go in from the event loop, events come back to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import TypeVar

from models.choice import Choice
from models.device import DeviceThread
from models.engine import EngineStats, ImageCard, ModelCard, PromptLayout
from models.errors import EngineClosed, EngineError
from models.events import Drawn, Event, Finished
from models.image.config import ImageModelConfig
from models.loading import Progress, silent
from models.opening import Models, open_models
from models.outbox import Item
from models.outlook import DeviceOutlook, outlook
from models.requests import Request, TextRequest
from models.shared import SharedDevice
from models.sight.config import SightConfig
from models.text.config import TextModelConfig
from models.text.loading import Load, load

__all__ = ["DeviceOutlook", "LocalEngine"]

T = TypeVar("T")


class LocalEngine:
    """An `Engine` on a device of this machine, for one event loop. Open it with `LocalEngine.open`."""

    def __init__(self, choice: Choice, progress: Progress, load: Load) -> None:
        self._loop = asyncio.get_running_loop()
        self._inboxes: dict[int, asyncio.Queue[Item]] = {}
        self._tickets = count()
        self._closed = False
        self._opened: Models | None = None
        self._thread = DeviceThread(lambda: self._open(choice, progress, load))

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        text: TextModelConfig,
        progress: Progress = silent,
        *,
        image: ImageModelConfig | None = None,
        sight: SightConfig | None = None,
        picture_share: float = 0.5,
        load: Load = load,
    ) -> AsyncIterator[LocalEngine]:
        """Load all chosen models in the device thread, and give the device back at the end.

        `progress` and `load`, which opens the language model, are called from that thread. Raises `ModelUnavailable`
        if any of the models cannot be loaded.
        """
        engine = cls(Choice(text, image, sight, picture_share), progress, load)
        try:
            await asyncio.wrap_future(engine._thread.ready)
            yield engine
        finally:
            engine._closed = True
            await asyncio.to_thread(engine._thread.close)

    @staticmethod
    async def outlook(
        text: TextModelConfig, *, image: ImageModelConfig | None = None, sight: SightConfig | None = None
    ) -> DeviceOutlook:
        """Look at the device and at what the models need, without loading them. Raises `ModelUnavailable`."""
        return await asyncio.to_thread(outlook, Choice(text, image, sight))

    @property
    def card(self) -> ModelCard:
        """Say which model writes."""
        return self._models.text.card

    @property
    def image_card(self) -> ImageCard | None:
        """Say which pipeline draws."""
        image = self._models.image
        return image.card if image else None

    @property
    def sight_card(self) -> ModelCard | None:
        """Say which model looks at pictures."""
        sight = self._models.sight
        return sight.card if sight else None

    async def run(self, request: Request) -> AsyncGenerator[Event, None]:
        """Work on a request and yield its events; closing the iterator cancels the work.

        Raises an `EngineError` when the request fails.
        """
        ticket, inbox = next(self._tickets), asyncio.Queue[Item]()
        desk, task = await self._in_thread(lambda models: models.task(ticket, request))
        self._inboxes[ticket] = inbox
        self._thread.post(lambda device: device.submit(desk, task))
        try:
            while not isinstance(item := await inbox.get(), Finished | Drawn):
                if isinstance(item, EngineError):
                    raise item
                yield item
            yield item
        finally:
            del self._inboxes[ticket]
            self._thread.post(lambda device: device.cancel(ticket))

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests of a kind are worked on at once."""
        return self._models.seats(kind)

    def stats(self) -> EngineStats:
        """Report measured speeds and loads; decoding is counted over all rows together."""
        return self._models.stats()

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Lay out a request's prompt as `run` would, without running it."""
        return await self._in_thread(lambda models: models.text.prompts.build(request).layout)

    @property
    def _models(self) -> Models:
        if self._closed or self._opened is None:
            raise EngineClosed("the engine is shut down")
        return self._opened

    async def _in_thread(self, call: Callable[[Models], T]) -> T:
        """Have requests prepared beside the loop, which a long prompt or a large picture would hold up."""
        result = await asyncio.to_thread(call, self._models)
        self._models  # noqa: B018  (raises if the engine was shut down meanwhile)
        return result

    def _open(self, choice: Choice, progress: Progress, load: Load) -> SharedDevice:
        self._opened, device = open_models(choice, self._post, progress, load)
        return device

    def _post(self, items: list[tuple[int, Item]]) -> None:
        """Hand events to the loop, in the device thread; nobody is left to read them once the loop is closed."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver, items)

    def _deliver(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            if inbox := self._inboxes.get(ticket):
                inbox.put_nowait(item)
