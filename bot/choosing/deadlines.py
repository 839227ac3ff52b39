"""The ends of votes: each is closed when its time is over, or at the start where that came while Salon was away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.choosing.service import ChoosingService
from bot.errors import NotStored
from bot.jobs.showing import Later, call_later
from bot.traces import trace_of

log = structlog.get_logger(__name__)

AGAIN_AFTER_S = 30.0
"""How long it is until what could not be closed is tried again."""


class Deadlines:
    """Sleeps until the next end, and is woken when a vote is opened; while none is open, no call is to come."""

    def __init__(self, choosing: ChoosingService, *, later: Later = call_later) -> None:
        self._choosing = choosing
        self._later = later
        self._woken = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Close what ends, beginning with what ended meanwhile."""
        self._choosing.watchers.append(self._woken.set)
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])
            self._choosing.watchers.remove(self._woken.set)

    async def _keep(self) -> None:
        while True:
            self._woken.clear()
            wait_s = await self._close_ended()
            alarm = None if wait_s is None else self._later(wait_s, self._woken.set)
            try:
                await self._woken.wait()
            finally:
                if alarm:
                    alarm.cancel()

    async def _close_ended(self) -> float | None:
        """Close what has ended; return how long it is until the next end, or until this is to be tried again."""
        try:
            next_end = await self._choosing.close_ended()
        except Exception as error:
            trace = {} if isinstance(error, NotStored) else {"trace": trace_of(error)}
            log.warning("! votes not closed", cause=type(error).__name__, again_in_s=AGAIN_AFTER_S, **trace)
            return AGAIN_AFTER_S
        return None if next_end is None else max(0.0, (next_end - self._choosing.clock()).total_seconds())
