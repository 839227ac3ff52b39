"""Which waiting jobs a pool of seats has room for; pure.

Fair turns alone would not help someone who comes when the device is full: one member's twenty requests would sit on
every seat until the first of them ends. So a member who holds a seat may bring about a further one only while at least
twice as many seats are free as she would then hold, weighted; whoever holds none takes any free seat. This is the
dynamic threshold of shared-memory switches (Choudhury and Hahne, 1998) turned to seats: alone, a member gets about a
third of them, n busy members get about one part in n + 2 each, and two parts stay free for whoever comes next. The rule
says *whether* a seat is filled, the counters say *by whom*: else it would even out shares that are meant to differ by
weight. It binds only those who ask for several things at once; what it costs them is in `python -m bench fairness`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.jobs.job import Job
from bot.jobs.seats import Pool, Seats

Whose = tuple[int, int]  # a server's id and one of its members'


def whose(job: Job) -> Whose:
    """Return the account a job is charged to."""
    return job.server_id, job.member_id


@dataclass(frozen=True, slots=True)
class Offer:
    """A job that may have a seat, and how many of its pool its member and its server hold already."""

    job: Job
    held: int
    held_by_server: int


@dataclass(frozen=True, slots=True)
class Room:
    """A pool with so many free seats: the jobs that hold the others, and those that could begin."""

    free: int
    seated: Sequence[Job]
    runnable: Sequence[Job]

    def offers(self) -> list[Offer]:
        """Return the first job of each member if a seat is to be filled, else nothing."""
        held = Counter(whose(job) for job in self.seated)
        by_server = Counter(job.server_id for job in self.seated)
        first = {whose(job): job for job in reversed(self.runnable)}
        if not any(_may_fill(held[asker], self.free, job.weight) for asker, job in first.items()):
            return []
        return [Offer(job, held[asker], by_server[job.server_id]) for asker, job in first.items()]


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
    found = [Room(seats.count(pool) - len(holders), holders, jobs) for pool, (holders, jobs) in by_pool.items()]
    return [room for room in found if room.free > 0]


def _may_fill(held: int, free: int, weight: float) -> bool:
    return held == 0 or 2 * (held + 1) <= weight * free
