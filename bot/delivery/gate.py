"""The one door that all of delivery's requests pass, so that together they stay under Discord's global limit."""

from __future__ import annotations

import asyncio

REQUESTS_PER_S = 25.0
BURST = 20
"""In any one second at most `REQUESTS_PER_S + BURST` requests, of the 50 that Discord allows a bot."""


class Gate:
    """Let requests through in the order they came, a burst at once and then so many a second."""

    def __init__(self, per_s: float = REQUESTS_PER_S, burst: int = BURST) -> None:
        self._spacing_s = 1.0 / per_s
        self._credit_s = burst * self._spacing_s
        self._booked_until = 0.0

    async def turn(self) -> None:
        """Wait for the turn of one request."""
        await asyncio.sleep(self.book(asyncio.get_running_loop().time()))

    def book(self, now: float) -> float:
        """Take the next turn and return in how many seconds it is."""
        self._booked_until = max(now, self._booked_until) + self._spacing_s
        return max(0.0, self._booked_until - self._credit_s - now)
