"""How long things take here, from moving averages of what was measured; the honest source of estimates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


class Pace:
    """Averages the device time of each kind, and how many ms pass for each ms of the device a job is given."""

    def __init__(self, history: Iterable[Took] = ()) -> None:
        self._device_ms: dict[str, float] = {}
        self._stretch: float | None = None
        for took in history:
            self.learn(took)

    def learn(self, took: Took) -> None:
        """Take a finished job into the averages."""
        if took.device_ms > 0 and took.elapsed_ms > 0:
            self._device_ms[took.kind] = _blend(self._device_ms.get(took.kind), took.device_ms)
            self._stretch = _blend(self._stretch, took.elapsed_ms / took.device_ms)

    def expect_ms(self, job: Job) -> float:
        """Return the device time a job is expected to take; before its kind is measured, what the others take."""
        known = self._device_ms
        if job.kind in known:
            return known[job.kind]
        return sum(known.values()) / len(known) if known else _UNMEASURED_COST_MS

    def duration_s(self, job: Job) -> float | None:
        """Return how long a job is expected to hold its seat, or None before anything was measured."""
        return None if self._stretch is None else self.expect_ms(job) * self._stretch / 1_000

    def device_ms(self, job: Job, elapsed_ms: float) -> float:
        """Return the device time that a job given up after `elapsed_ms` has probably had."""
        return elapsed_ms / self._stretch if self._stretch else min(elapsed_ms, self.expect_ms(job))


def _blend(average: float | None, newest: float) -> float:
    return newest if average is None else average + _NEWEST_SHARE * (newest - average)
