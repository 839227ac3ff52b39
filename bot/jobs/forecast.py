"""When is it whose turn? Plays the line forward by its own rules; pure."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from bot.jobs.job import Job
from bot.jobs.line import Line
from bot.jobs.seats import Seats

_OVERDUE_SHARE = 0.1  # of its usual time is what a job that takes longer than usual is expected to need yet


@dataclass(frozen=True, slots=True)
class Forecast:
    """A waiting job's place (1 is next) and the seconds until it starts, None while nothing was measured."""

    place: int
    wait_s: float | None


def forecast(
    line: Line,
    seats: Seats,
    expect_ms: Callable[[Job], float],
    duration_s: Callable[[Job], float | None],
    running_s: Callable[[Job], float],
) -> dict[int, Forecast]:
    """Return the forecast of every waiting job by id, next first.

    `expect_ms` is the device time a job is expected to take, `duration_s` how long it holds its seat, `running_s` how
    long a seated job has held it.
    """
    ahead = line.copy()
    is_measured = all(duration_s(job) is not None for job in ahead.waiting.values())
    ends = [(_left(duration_s(seated.job), running_s(seated.job)), id) for id, seated in ahead.seated.items()]
    heapq.heapify(ends)
    now_s, forecasts = 0.0, dict[int, Forecast]()
    while ahead.waiting:
        while seated := ahead.admit(seats, expect_ms):
            job = seated.job
            forecasts[job.id] = Forecast(len(forecasts) + 1, now_s if is_measured else None)
            heapq.heappush(ends, (now_s + (duration_s(job) or 1.0), job.id))
        if not ends:
            break  # an engine without seats: nobody is next
        now_s, ended = heapq.heappop(ends)
        ahead.settle(ended, ahead.seated[ended].expected_ms)
        ahead.leave(ended)
    return forecasts


def _left(usual_s: float | None, running_s: float) -> float:
    usual_s = usual_s or 1.0
    return max(usual_s - running_s, usual_s * _OVERDUE_SHARE)
