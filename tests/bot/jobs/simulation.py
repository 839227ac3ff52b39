"""A device with seats and a line in front of it, in simulated time: for properties that must hold in the long run."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.jobs.job import Job, JobState, ReplyPlace
from bot.jobs.line import Line
from bot.jobs.seats import Pool
from models.requests import ImageRequest, TextRequest

EXPECTED_MS = 100.0


@dataclass(frozen=True)
class Pools:
    """So many seats for texts, and so many for the pictures that jobs of the kind `draw` are."""

    texts: int = 1
    pictures: int = 1

    def pool_of(self, job: Job) -> Pool:
        return ImageRequest if job.kind == "draw" else TextRequest

    def count(self, pool: Pool) -> int:
        return self.pictures if pool is ImageRequest else self.texts

    def taken_by(self, job: Job) -> int:
        return int(job.asked.get("seats", 1))


def job(
    id: int,
    member_id: int,
    server_id: int = 1,
    *,
    lane: str | None = None,
    weight: float = 1.0,
    attempts: int = 0,
    kind: str = "write",
    seats: int = 1,
) -> Job:
    """A waiting job; one with attempts was interrupted."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    started = at if attempts else None
    return Job(
        id, kind, JobState.WAITING, server_id, member_id, ReplyPlace(1), {"seats": seats}, lane, None, weight, at,
        started, attempts=attempts,
    )  # fmt: skip


@dataclass
class Device:
    """Plays a line forward; `cost_ms` of a job is known to the device alone, the line expects always the same."""

    line: Line = field(default_factory=Line)
    seats: int = 1
    pictures: int = 1  # seats for them
    now_ms: float = 0.0
    had_ms: Counter[int] = field(default_factory=Counter)  # device time by member
    started: dict[int, float] = field(default_factory=dict)  # when a job got its seat
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    _costs: dict[int, float] = field(default_factory=dict)
    _ends: list[tuple[float, int]] = field(default_factory=list)

    def ask(
        self,
        member_id: int,
        cost_ms: float = EXPECTED_MS,
        server_id: int = 1,
        weight: float = 1.0,
        kind: str = "write",
        seats: int = 1,
    ) -> Job:
        """Let a member ask for something that takes `cost_ms` on so many seats."""
        asked = job(next(self.ids), member_id, server_id, weight=weight, kind=kind, seats=seats)
        self._costs[asked.id] = cost_ms
        self.line.join(asked)
        self.seat()
        return asked

    def seat(self) -> None:
        """Seat whoever is to be seated now."""
        while seated := self.line.admit(Pools(self.seats, self.pictures), lambda _: EXPECTED_MS):
            self.started[seated.job.id] = self.now_ms
            heapq.heappush(self._ends, (self.now_ms + self._costs[seated.job.id], seated.job.id))

    def step(self) -> Job | None:
        """Let the next job end and the line move; return it, or None when nothing runs."""
        if not self._ends:
            return None
        self.now_ms, job_id = heapq.heappop(self._ends)
        ended = self.line.seated[job_id].job
        self.had_ms[ended.member_id] += self._costs[job_id]  # type: ignore[assignment]
        self.line.settle(job_id, self._costs[job_id])
        self.line.leave(job_id)
        self.seat()
        return ended

    def run(self) -> None:
        """Go on until nothing runs."""
        while self.step():
            pass
