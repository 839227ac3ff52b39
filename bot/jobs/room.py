"""Which waiting jobs a pool of seats has room for; pure.

Fair turns alone would not help someone who comes when the device is full: one member's twenty requests would sit on
every seat until the first of them ends. So a member who holds a seat may bring about a further one only while at least
twice as many seats are free as she would then hold, weighted; whoever holds none takes any free seat. This is the
dynamic threshold of shared-memory switches (Choudhury and Hahne, 1998) turned to seats: alone, a member gets about a
third of them, n busy members get about one part in n + 2 each, and two parts stay free for whoever comes next. The rule
says *whether* a seat is filled, the counters say *by whom*: else it would even out shares that are meant to differ by
weight. It binds only those who ask for several things at once; what it costs them is in `python -m bench fairness`.

A job that runs several requests at once takes as many seats. Where it is its turn and too few are free, they are kept
for it until enough are: those who need one seat alone could go before it for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.jobs.job import Job
from bot.jobs.seats import Pool, Seats

Whose = tuple[int, int]  # a server's id and one of its members'


def whose(job: Job) -> Whose:
    """Return the account a job is charged to."""
    return job.server_id, job.member_id


@dataclass(frozen=True, slots=True)
class Offer:
    """A job whose turn it may be, how many seats of its pool its member and server hold, and if enough are free."""

    job: Job
    pool: Pool
    held: int
    held_by_server: int
    fits: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A pool with so many free seats: the jobs that hold the others, those that could begin, and what each takes."""

    pool: Pool
    free: int
    seated: Sequence[Job]
    runnable: Sequence[Job]
    taken_by: Callable[[Job], int]

    def offers(self) -> list[Offer]:
        """Return the first job of each member if a seat is to be filled, else nothing."""
        held, by_server = Counter[Whose](), Counter[int]()
        for job in self.seated:
            held[whose(job)] += self.taken_by(job)
            by_server[job.server_id] += self.taken_by(job)
        first = {whose(job): job for job in reversed(self.runnable)}
        if not any(self._may_fill(held[asker], job) for asker, job in first.items()):
            return []
        return [
            Offer(job, self.pool, held[asker], by_server[job.server_id], self.fits(job)) for asker, job in first.items()
        ]

    def fits(self, job: Job) -> bool:
        """Say whether enough seats are free for a job."""
        return self.taken_by(job) <= self.free

    def _may_fill(self, held: int, job: Job) -> bool:
        return held == 0 or 2 * (held + self.taken_by(job)) <= job.weight * self.free


def rooms(waiting: Iterable[Job], seated: Sequence[Job], seats: Seats) -> list[Room]:
    """Return every pool that has a free seat and a job for it; a job whose lane is taken has to wait."""
    lanes = {job.lane for job in seated} - {None}
    by_pool: dict[Pool, tuple[list[Job], list[Job]]] = {}
    for job in waiting:
        if job.lane not in lanes:
            by_pool.setdefault(seats.pool_of(job), ([], []))[1].append(job)
    for job in seated:
        if pool := by_pool.get(seats.pool_of(job)):
            pool[0].append(job)
    found = [_room(pool, holders, jobs, seats) for pool, (holders, jobs) in by_pool.items()]
    return [room for room in found if room.free > 0]


def _room(pool: Pool, seated: Sequence[Job], runnable: Sequence[Job], seats: Seats) -> Room:
    count = seats.count(pool)

    def taken_by(job: Job) -> int:
        return min(seats.taken_by(job), count)

    return Room(pool, count - sum(map(taken_by, seated)), seated, runnable, taken_by)
