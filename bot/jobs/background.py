"""Jobs that nobody waits for: one at a time, begun while the line is empty; they give way for a seat. Pure.

They are charged to nobody, are in nobody's way in a forecast, and nobody is told of their end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.jobs.job import Job
from bot.jobs.line import Line
from bot.jobs.seats import Seats

NOBODY = 0
"""Whose jobs those of the background are."""


@dataclass(slots=True)
class Background:
    """The jobs that wait, the oldest first, and the one that runs."""

    waiting: dict[int, Job] = field(default_factory=dict)
    running: Job | None = None

    def join(self, job: Job) -> None:
        """Let a job wait."""
        self.waiting[job.id] = job

    def admit(self, line: Line) -> Job | None:
        """Begin the oldest job if the device has nothing to do for anybody."""
        if self.running or not self.waiting or line.waiting or line.seated:
            return None
        self.running = self.waiting.pop(min(self.waiting))
        return self.running

    def gives_way(self, line: Line, seats: Seats) -> Job | None:
        """Return the job that runs if the line has taken all seats of its kind; while one is free they share."""
        if self.running is None:
            return None
        pool = seats.pool_of(self.running)
        held = sum(seats.taken_by(seated.job) for seated in line.seated.values() if seats.pool_of(seated.job) is pool)
        return self.running if held + seats.taken_by(self.running) > seats.count(pool) else None

    def leave(self, job_id: int) -> None:
        """Take a job out, whether it waits or runs."""
        self.waiting.pop(job_id, None)
        if self.running and self.running.id == job_id:
            self.running = None
