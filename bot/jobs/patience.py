"""What must not be lost is tried again until the database takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.errors import NotStored

log = structlog.get_logger(__name__)

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 30.0


async def until_stored(write: Callable[[], Awaitable[T]], pause: Pause) -> T:
    """Repeat a whole transaction while the database is busy or the disk is full, with growing pauses in seconds."""
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            return await write()
        except NotStored as error:
            log.warning("! not stored yet", key=error.key, again_in_s=pause_s)
        await pause(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
