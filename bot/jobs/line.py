"""The line in front of the device: who waits, who has a seat, and who gets the next one; pure.

The next seat goes to the server that has had the least, and in it to the member who has had the least
(bot/jobs/fairness.py); equals take turns by the seats they hold, then by arrival. Jobs of one lane run one at a time,
and a job whose lane is taken holds up nobody else. Seats come in pools (bot/jobs/seats.py), such as those for texts and
those for pictures: a full pool holds up no other, while the counters are of the device's time, whatever it was for.
How much of a pool one member may hold is in bot/jobs/room.py.

After a crash, what was interrupted goes first, in the order it came. What was interrupted twice goes alone, so that
only the job that brings the process down can be found guilty of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.jobs.fairness import Accounts
from bot.jobs.job import Job
from bot.jobs.room import Offer, rooms, whose
from bot.jobs.seats import Seats


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account has paid, in weighted ms; `member_id` is 0 for the server's own."""

    server_id: int
    member_id: int
    paid: float


@dataclass(slots=True)
class Seated:
    """A job on the device, the device time it is expected to take, and whether it must be there alone."""

    job: Job
    expected_ms: float
    alone: bool = False
    settled: bool = False


@dataclass(slots=True)
class Line:
    """Waiting and seated jobs by id, and the accounts that decide between them."""

    servers: Accounts[int] = field(default_factory=Accounts)
    members: dict[int, Accounts[int]] = field(default_factory=dict)
    waiting: dict[int, Job] = field(default_factory=dict)
    seated: dict[int, Seated] = field(default_factory=dict)

    def restore(self, balances: Iterable[Balance]) -> None:
        """Let the accounts stand where they stood; the one served last comes last."""
        servers, members = dict[int, float](), dict[int, dict[int, float]]()
        for balance in balances:
            of_members = members.setdefault(balance.server_id, {})
            account, key = (of_members, balance.member_id) if balance.member_id else (servers, balance.server_id)
            account[key] = balance.paid
        self.servers = Accounts(servers)
        self.members = {server_id: Accounts(paid) for server_id, paid in members.items()}

    def join(self, job: Job) -> None:
        """Let a job wait."""
        self.waiting[job.id] = job
        self.servers.enter(job.server_id)
        self.members.setdefault(job.server_id, Accounts()).enter(job.member_id)

    def resume(self, jobs: Iterable[Job]) -> None:
        """Let jobs wait that were in the line already when its accounts were stored."""
        self.waiting = {job.id: job for job in jobs}
        self.servers.resume({job.server_id for job in self.waiting.values()})
        for server_id in {job.server_id for job in self.waiting.values()}:
            members = self.members.setdefault(server_id, Accounts())
            members.resume({job.member_id for job in self.waiting.values() if job.server_id == server_id})

    def admit(self, seats: Seats, expect_ms: Callable[[Job], float]) -> Seated | None:
        """Seat the next job if a seat is to be filled now, and promise its expected cost."""
        job = self._next(seats)
        if job is None:
            return None
        del self.waiting[job.id]
        seated = self.seated[job.id] = Seated(job, expect_ms(job), _is_suspect(job))
        self._promise(job, seated.expected_ms)
        return seated

    def reprice(self, expect_ms: Callable[[Job], float]) -> None:
        """Promise for seated jobs what they are expected to cost by now, since more has been measured."""
        for seated in self.seated.values():
            if not seated.settled:
                self._promise(seated.job, expect_ms(seated.job) - seated.expected_ms)
                seated.expected_ms = expect_ms(seated.job)

    def settle(self, job_id: int, cost_ms: float) -> None:
        """Charge a seated job what it cost instead of what was promised; later calls change nothing."""
        seated = self.seated[job_id]
        if not seated.settled:
            job, seated.settled = seated.job, True
            self.servers.settle(job.server_id, seated.expected_ms, cost_ms)
            self.members[job.server_id].settle(job.member_id, seated.expected_ms / job.weight, cost_ms / job.weight)

    def balances_on_joining(self, job: Job) -> list[Balance]:
        """Return what the accounts of a job will stand at once it has joined."""
        server, members = self.servers.start(job.server_id), self.members.get(job.server_id, Accounts())
        return [
            Balance(job.server_id, 0, server),
            Balance(job.server_id, job.member_id, members.start(job.member_id)),
        ]

    def balances_after(self, job_id: int, cost_ms: float) -> list[Balance]:
        """Return what the accounts of a seated job will stand at once it is settled; none where nothing is charged."""
        if job_id not in self.seated or not cost_ms:
            return []
        job = self.seated[job_id].job
        server, member = self.servers.paid(job.server_id), self.members[job.server_id].paid(job.member_id)
        return [
            Balance(job.server_id, 0, server + cost_ms),
            Balance(job.server_id, job.member_id, member + cost_ms / job.weight),
        ]

    def leave(self, job_id: int) -> None:
        """Take a job out: one that waits, or a seated one, whose seat is free from now on."""
        if job_id in self.seated:
            self.settle(job_id, 0.0)
        seated = self.seated.pop(job_id, None)
        job = seated.job if seated else self.waiting.pop(job_id, None)
        if job is not None:
            self._retire(job)

    def go_on(self, job: Job) -> None:
        """Free the seat of a job and let it wait again, as `job` now says; its member was never away meanwhile."""
        self.join(job)
        self.leave(job.id)

    def refresh(self, job: Job) -> None:
        """Take a job's newer row in place of the one that is held."""
        if job.id in self.waiting:
            self.waiting[job.id] = job
        elif job.id in self.seated:
            self.seated[job.id].job = job

    def copy(self) -> Line:
        """Return a line that goes its own way from here, for a forecast: of those who are in it, nobody else."""
        servers = self.servers.copy()
        return Line(
            servers,
            {server_id: self.members[server_id].copy() for server_id in servers.active},
            dict(self.waiting),
            {job_id: replace(seated) for job_id, seated in self.seated.items()},
        )

    def _promise(self, job: Job, amount_ms: float) -> None:
        self.servers.promise(job.server_id, amount_ms)
        self.members[job.server_id].promise(job.member_id, amount_ms / job.weight)

    def _retire(self, gone: Job) -> None:
        left = [*self.waiting.values(), *(seated.job for seated in self.seated.values())]
        if not any(whose(job) == whose(gone) for job in left):
            self.members[gone.server_id].leave(gone.member_id)
        if not any(job.server_id == gone.server_id for job in left):
            self.servers.leave(gone.server_id)

    def _next(self, seats: Seats) -> Job | None:
        if any(seated.alone for seated in self.seated.values()):
            return None
        open_rooms = rooms(self.waiting.values(), [seated.job for seated in self.seated.values()], seats)
        interrupted = [(job, room) for room in open_rooms for job in room.runnable if job.started_at]
        if interrupted:
            first, room = min(interrupted, key=lambda found: found[0].id)
            return None if (_is_suspect(first) and self.seated) or not room.fits(first) else first
        offers = [offer for room in open_rooms for offer in room.offers()]
        while offers:
            next_ = self._least_served(offers)
            if next_.fits:
                return next_.job
            offers = [offer for offer in offers if offer.pool is not next_.pool]  # what is free there is kept for it
        return None

    def _least_served(self, offers: Sequence[Offer]) -> Offer:
        servers = self.servers.counter
        server_id = min(
            offers, key=lambda offer: (servers(offer.job.server_id), offer.held_by_server, offer.job.id)
        ).job.server_id
        members = self.members[server_id].counter
        return min(
            (offer for offer in offers if offer.job.server_id == server_id),
            key=lambda offer: (members(offer.job.member_id), offer.held, offer.job.id),
        )


def _is_suspect(job: Job) -> bool:
    return job.attempts >= 2
