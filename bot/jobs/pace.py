"""How long things take here, from moving averages of what was measured; the honest source of estimates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from bot.jobs.job import Job

_NEWEST_SHARE = 0.2  # of an average; so a change of model or load shows after a handful of jobs
_UNMEASURED_COST_MS = 5_000.0  # the same for everybody, so that it decides nothing between members


@dataclass(frozen=True, slots=True)
class Took:
    """What one finished job took: the device's time, and the time that passed from its start to its end."""

    kind: str
    device_ms: float
    elapsed_ms: float

    @classmethod
    def by(cls, job: Job) -> Took:
        """Return what a job took that was started and has ended."""
        assert job.started_at is not None and job.ended_at is not None
        return cls(job.kind, job.cost_ms, (job.ended_at - job.started_at).total_seconds() * 1_000)


@dataclass(frozen=True, slots=True)
class _Average:
    """The device time of a kind's jobs, and the ms that pass for each ms of the device they are given."""

    device_ms: float
    stretch: float


class Pace:
    """Averages what each kind takes; a kind that was not measured yet is expected to take what the others take."""

    def __init__(self, history: Iterable[Took] = ()) -> None:
        self._kinds: dict[str, _Average] = {}
        for took in history:
            self.learn(took)

    def learn(self, took: Took) -> None:
        """Take a finished job into the averages of its kind."""
        if took.device_ms > 0 and took.elapsed_ms > 0:
            newest = _Average(took.device_ms, took.elapsed_ms / took.device_ms)
            self._kinds[took.kind] = _blend(self._kinds.get(took.kind, newest), newest)

    def expect_ms(self, job: Job) -> float:
        """Return the device time a job is expected to take."""
        average = self._average(job)
        return average.device_ms if average else _UNMEASURED_COST_MS

    def duration_s(self, job: Job) -> float | None:
        """Return how long a job is expected to hold its seat, or None before anything was measured."""
        average = self._average(job)
        return average.device_ms * average.stretch / 1_000 if average else None

    def device_ms(self, job: Job, elapsed_ms: float) -> float:
        """Return the device time that a job given up after `elapsed_ms` has probably had."""
        average = self._average(job)
        return elapsed_ms / average.stretch if average else min(elapsed_ms, _UNMEASURED_COST_MS)

    def _average(self, job: Job) -> _Average | None:
        known = self._kinds
        if job.kind in known or not known:
            return known.get(job.kind)
        averages = known.values()
        return _Average(fmean(each.device_ms for each in averages), fmean(each.stretch for each in averages))


def _blend(average: _Average, newest: _Average) -> _Average:
    return _Average(
        average.device_ms + _NEWEST_SHARE * (newest.device_ms - average.device_ms),
        average.stretch + _NEWEST_SHARE * (newest.stretch - average.stretch),
    )
