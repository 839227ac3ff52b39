"""The line in front of the device: who waits, who has a seat, and who gets the next one; pure.

The next seat goes to the server that has had the least, and in it to the member who has had the least
(bot/jobs/fairness.py); equals take turns by the seats they hold, then by arrival. Jobs of one lane run one at a time,
and a job whose lane is taken holds up nobody else.

Fair turns alone would not help someone who comes when the device is full: one member's twenty requests would sit on
every seat until the first of them ends. So a member who holds a seat may bring about a further one only while at least
twice as many seats are free as she would then hold, weighted; whoever holds none takes any free seat. This is the
dynamic threshold of shared-memory switches (Choudhury and Hahne, 1998) turned to seats: alone, a member gets about a
third of them, n busy members get about one part in n + 2 each, and two parts stay free for whoever comes next. The rule
says *whether* a seat is filled, the counters say *by whom*: else it would even out shares that are meant to differ by
weight. It binds only those who ask for several things at once; what it costs them is in `python -m bench fairness`.

After a crash, what was interrupted goes first, in the order it came. What was interrupted twice goes alone, so that
only the job that brings the process down can be found guilty of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.jobs.fairness import Accounts
from bot.jobs.job import Job

Whose = tuple[int, int]  # a server's id and one of its members'


def whose(job: Job) -> Whose:
    """Return the account a job is charged to."""
    return job.server_id, job.member_id


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

    def admit(self, seats: int, expect_ms: Callable[[Job], float]) -> Seated | None:
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

    def _next(self, seats: int) -> Job | None:
        free = seats - len(self.seated)
        if free <= 0 or any(seated.alone for seated in self.seated.values()):
            return None
        runnable = self._runnable()
        interrupted = next((job for job in runnable if job.started_at), None)
        if interrupted:
            return None if _is_suspect(interrupted) and self.seated else interrupted
        candidates = list({whose(job): job for job in reversed(runnable)}.values())
        held = Counter(whose(seated.job) for seated in self.seated.values())
        if not any(_may_fill(held[whose(job)], free, job.weight) for job in candidates):
            return None
        return self._least_served(candidates, held)

    def _runnable(self) -> list[Job]:
        taken = {seated.job.lane for seated in self.seated.values()} - {None}
        return [job for job in self.waiting.values() if job.lane not in taken]

    def _least_served(self, candidates: list[Job], held: Counter[Whose]) -> Job:
        held_by_server = Counter[int]()
        for (server_id, _), count in held.items():
            held_by_server[server_id] += count
        server_id = min(
            candidates, key=lambda job: (self.servers.counter(job.server_id), held_by_server[job.server_id], job.id)
        ).server_id
        counter = self.members[server_id].counter
        return min(
            (job for job in candidates if job.server_id == server_id),
            key=lambda job: (counter(job.member_id), held[whose(job)], job.id),
        )


def _may_fill(held: int, free: int, weight: float) -> bool:
    return held == 0 or 2 * (held + 1) <= weight * free


def _is_suspect(job: Job) -> bool:
    return job.attempts >= 2
