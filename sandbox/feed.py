"""What happens, told to people: the page's sockets and the tests' waits hang on this one feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sandbox.world import ChannelRecord, MessageRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `kind` is the page's word for it."""

    kind: str
    channel: ChannelRecord | None = None
    message: MessageRecord | None = None
    user_id: int | None = None


@dataclass(slots=True)
class Feed:
    """Tell every listener of each happening, in order and at once."""

    listeners: list[Callable[[Happening], None]] = field(default_factory=list)

    def tell(self, happening: Happening) -> None:
        """Call every listener; a listener may leave while it is called."""
        for listener in tuple(self.listeners):
            listener(happening)

    async def wait(self, check: Callable[[], T | None], timeout_s: float) -> T:
        """Return what `check` finds, asking at once and after every happening; TimeoutError when time is up."""
        found: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def look(_: Happening | None = None) -> None:
            if found.done():
                return
            try:
                result = check()
            except Exception as error:  # a test's own check failed: it must read its own error
                found.set_exception(error)
                return
            if result is not None:
                found.set_result(result)

        self.listeners.append(look)
        try:
            look()
            return await asyncio.wait_for(found, timeout_s)
        finally:
            self.listeners.remove(look)
