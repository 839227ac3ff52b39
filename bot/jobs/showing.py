"""Keeps the place and the estimate of everyone who waits on the board: anew when the line moves, and between moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import thread_time
from typing import Protocol

from bot.clock import Clock
from bot.jobs.board import Board
from bot.jobs.forecast import forecast
from bot.jobs.job import Job, JobView
from bot.jobs.line import Line
from bot.jobs.pace import Pace
from bot.jobs.seats import Seats

AGAIN_AFTER_S = 5.0
"""As fine as estimates are told: within it one long job alone makes them shorter, though nobody moves up."""

MOST_SHARE = 0.05
LONG_S = 0.002
"""To look ahead takes the square of how many wait: where that is long, it has this share of the time at most."""


class Alarm(Protocol):
    """A call that is to come, such as asyncio's timers."""

    def cancel(self) -> None:
        """Let it not come."""
        ...


Later = Callable[[float, Callable[[], None]], Alarm]


def call_later(seconds: float, call: Callable[[], None]) -> Alarm:
    """Let the running event loop call, so many seconds from now."""
    return asyncio.get_running_loop().call_later(seconds, call)


class Showing:
    """Shows places and estimates; while nobody waits, no call is to come."""

    def __init__(self, line: Line, seats: Seats, pace: Pace, board: Board, clock: Clock, later: Later) -> None:
        self._line = line
        self._seats = seats
        self._pace = pace
        self._board = board
        self._clock = clock
        self._later = later
        self._alarm: Alarm | None = None
        self._rests_until_s = 0.0

    def soon(self) -> None:
        """Show where everyone is once the line has stopped moving for now, and again as long as somebody waits."""
        self.stop()
        loop = asyncio.get_running_loop()
        rest_s = self._rests_until_s - loop.time()
        self._alarm = self._later(rest_s, self._show_on) if rest_s > 0 else loop.call_soon(self._show_on)

    def stop(self) -> None:
        """Show nothing any more by itself."""
        if self._alarm:
            self._alarm.cancel()

    def now(self) -> None:
        """Show where everyone is."""
        now, began_s = self._clock(), thread_time()
        pace = self._pace
        ahead = forecast(self._line, self._seats, pace.expect_ms, pace.duration_s, lambda job: _running_s(job, now))
        for job_id, its in ahead.items():
            self._board.show(JobView(self._line.waiting[job_id], its.place, its.wait_s))
        self._rest_after(thread_time() - began_s)

    def _show_on(self) -> None:
        self.now()
        if self._line.waiting:
            self._alarm = self._later(AGAIN_AFTER_S, self._show_on)

    def _rest_after(self, took_s: float) -> None:
        if took_s > LONG_S:
            self._rests_until_s = asyncio.get_running_loop().time() + took_s / MOST_SHARE


def _running_s(job: Job, now: datetime) -> float:
    return (now - job.started_at).total_seconds() if job.started_at else 0.0
