"""Keeps the place and the estimate of everyone who waits on the board: anew when the line moves, and between moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
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

    def soon(self) -> None:
        """Show where everyone is once the line has stopped moving for now, and again as long as somebody waits."""
        self.stop()
        self._alarm = asyncio.get_running_loop().call_soon(self._show_on)

    def stop(self) -> None:
        """Show nothing any more by itself."""
        if self._alarm:
            self._alarm.cancel()

    def now(self) -> None:
        """Show where everyone is."""
        now = self._clock()
        pace = self._pace
        ahead = forecast(self._line, self._seats, pace.expect_ms, pace.duration_s, lambda job: _running_s(job, now))
        for job_id, its in ahead.items():
            self._board.show(JobView(self._line.waiting[job_id], its.place, its.wait_s))

    def _show_on(self) -> None:
        self.now()
        if self._line.waiting:
            self._alarm = self._later(AGAIN_AFTER_S, self._show_on)


def _running_s(job: Job, now: datetime) -> float:
    return (now - job.started_at).total_seconds() if job.started_at else 0.0
