"""Time as the sandbox sees it: real time plus whatever a test has skipped."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """Tell the time; `advance` skips ahead, so that a 15-minute rule needs no 15-minute test."""

    def __init__(self) -> None:
        self._skipped_s = 0.0
        self._jump = asyncio.Event()

    def now(self) -> float:
        """Return seconds since 1970, UTC."""
        return time.time() + self._skipped_s

    def advance(self, seconds: float = 0.0, *, minutes: float = 0.0) -> None:
        """Skip ahead and wake everyone whose moment has come."""
        self._skipped_s += seconds + 60 * minutes
        self._jump.set()
        self._jump = asyncio.Event()

    async def wait(self, event: asyncio.Event, until: float) -> bool:
        """Wait for an event, at most until a moment of this clock; say whether it came."""
        while not event.is_set() and (left_s := until - self.now()) > 0:
            waits = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._jump.wait())]
            try:
                await asyncio.wait(waits, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
        return event.is_set()


def iso(moment: float) -> str:
    """Write a moment as Discord does."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
