"""A line over a real database and a scripted engine, with a time that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.database import Database
from bot.jobs.bounds import Bounds
from bot.jobs.handler import Batch, Glimpse, GoesOn, Handler, Results
from bot.jobs.job import Job, JobState, JobView, NewJob, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.people import Member
from models.events import Drawn, Finished, Preview, Result
from models.requests import ImageRequest, PromptPart, Request, Role, TextRequest
from tests.scripted import ScriptedEngine

ADA = Member(1, "Ada", server_id=10)
BEN = Member(2, "Ben", server_id=10)
CAT = Member(3, "Cat", server_id=20)
ADMIN = Member(4, "Admin", server_id=10, is_admin=True)


def asked(by: Member = ADA, kind: str = "write", **changed: Any) -> NewJob:
    return NewJob(kind, by.server_id, by.id, ReplyPlace(100), **changed)


class Time:
    """A clock that a test winds by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Alarms:
    """Calls that are to come, which a test lets come."""

    def __init__(self) -> None:
        self.set: dict[int, tuple[float, Callable[[], None]]] = {}
        self._count = 0

    def __call__(self, seconds: float, call: Callable[[], None]) -> Alarm:
        self._count += 1
        self.set[self._count] = (seconds, call)
        return Alarm(self, self._count)

    def ring(self) -> None:
        ringing, self.set = self.set, {}
        for _, call in ringing.values():
            call()


@dataclass(frozen=True)
class Alarm:
    alarms: Alarms
    number: int

    def cancel(self) -> None:
        self.alarms.set.pop(self.number, None)


class Writing(Handler):
    """A kind of job that keeps what was written in a table of its own, so that a test sees what a rollback undoes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fails: list[Exception] = []
        self.fails_to_prepare: Exception | None = None

    async def prepare(self, job: Job) -> Request:
        if self.fails_to_prepare:
            raise self.fails_to_prepare
        return TextRequest(str(job.id), (PromptPart("story", Role.USER, str(job.asked.get("text", "Once"))),))

    async def finish(self, job: Job, finished: Finished) -> Mapping[str, Any]:
        await self.database.execute("INSERT INTO written VALUES (?, ?)", (job.id, finished.text))
        if self.fails:
            raise self.fails.pop(0)
        return {"length": len(finished.text)}

    async def written(self) -> dict[int, str]:
        return {row["job"]: row["text"] for row in await self.database.fetch_all("SELECT * FROM written")}


class WritingSeveral(Handler):
    """A kind of job that asks for as many texts at once as it is told to, of which two must come."""

    def seats(self, job: Job) -> int:
        return int(job.asked["count"])

    async def prepare(self, job: Job) -> Batch:
        part = PromptPart("story", Role.USER, "Once")
        requests = (TextRequest(f"{job.id}-{number}", (part,)) for number in range(job.asked["count"]))
        return Batch(tuple(requests), least=2)

    async def finish(self, job: Job, results: Results) -> Mapping[str, Any]:
        return {"texts": [result.text if isinstance(result, Finished) else None for result in results]}


class Drawing(Handler):
    """A kind of job that draws: keeps the seeds of what was drawn, and shows the glimpses that it is told to."""

    asks = ImageRequest

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fails_to_digest: list[Exception] = []
        self.digested: list[int] = []
        self.glimpse_of: Callable[[Preview], Glimpse | None] = lambda preview: Glimpse(preview.jpeg)

    async def prepare(self, job: Job) -> Request:
        return ImageRequest(f"draw-{job.id}", str(job.asked.get("prompt", "a boat")), (job.id,), 64, 64)

    async def digest(self, job: Job, result: Result) -> Sequence[int]:
        self.digested.append(job.id)
        if self.fails_to_digest:
            raise self.fails_to_digest.pop(0)
        assert isinstance(result, Drawn)
        return [picture.seed for picture in result.pictures]

    async def finish(self, job: Job, product: Sequence[int]) -> Mapping[str, Any]:
        await self.database.execute("INSERT INTO written VALUES (?, ?)", (job.id, f"seeds {product}"))
        return {"seeds": product}

    async def glimpse(self, job: Job, preview: Preview) -> Glimpse | None:
        return self.glimpse_of(preview)


class Sketching(Handler):
    """A kind of job that writes what is to be drawn, and goes on as a drawing of it."""

    def __init__(self) -> None:
        self.fails: list[Exception] = []

    async def prepare(self, job: Job) -> Request:
        return TextRequest(f"sketch-{job.id}", (PromptPart("story", Role.USER, "What is to be seen?"),))

    async def finish(self, job: Job, product: Finished) -> GoesOn:
        if self.fails:
            raise self.fails.pop(0)
        return GoesOn("draw", {"prompt": product.text})


class House:
    """What a test has at hand: build a queue, as a restarted process would, and see what became of its jobs."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        self.database = database
        self.engine = engine
        self.time = Time()
        self.store = JobStore(database)
        self.writing = Writing(database)
        self.drawing = Drawing(database)
        self.sketching = Sketching()
        self.writing_several = WritingSeveral()
        self.pauses: list[float] = []
        self.alarms = Alarms()

    def queue(self, bounds: Bounds | None = None) -> JobQueue:
        queue = JobQueue(
            self.store,
            self.engine,
            bounds=bounds or Bounds(),
            clock=self.time,
            pause=self._pause,
            later=self.alarms,
        )
        queue.register("write", self.writing)
        queue.register("draw", self.drawing)
        queue.register("sketch", self.sketching)
        queue.register("several", self.writing_several)
        return queue

    async def state(self, job: Job) -> JobState:
        found = await self.store.get(job.id)
        assert found
        return found.state

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def ended(queue: JobQueue, job_id: int) -> JobView:
    """Watch a job to its end and return its last view."""
    views = [view async for view in queue.watch(job_id)]
    return views[-1]
