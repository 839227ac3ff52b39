"""Snowflakes: ids that carry their time and never repeat."""

from __future__ import annotations

from collections.abc import Callable

DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Make ids that only grow, also across a restart when `last` is kept."""

    def __init__(self, now: Callable[[], float], last: int = 0) -> None:
        self._now = now
        self.last = last

    def next(self) -> int:
        """Return a new id."""
        stamp = int(self._now() * 1000) - DISCORD_EPOCH_MS
        self.last = max(self.last + 1, stamp << 22)
        return self.last
