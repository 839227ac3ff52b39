"""Seats waiting jobs as the line says, and has everybody's place shown when that changes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import structlog

from bot.clock import Clock, ms_between
from bot.errors import NotStored
from bot.jobs.background import Background
from bot.jobs.board import Board
from bot.jobs.endings import Endings
from bot.jobs.failures import Failure
from bot.jobs.handler import Handler
from bot.jobs.job import Job, JobState, JobView
from bot.jobs.line import Line
from bot.jobs.pace import Pace
from bot.jobs.patience import Pause, until_stored
from bot.jobs.seats import EngineSeats
from bot.jobs.showing import Later, Showing
from bot.jobs.store import JobStore
from bot.jobs.worker import Worker
from bot.traces import trace_of
from models.engine import Engine

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3


class Dispatch:
    """Runs as many jobs as the engine has seats. No task waits while the line is empty: what changes it wakes one."""

    def __init__(
        self,
        store: JobStore,
        engine: Engine,
        handlers: Mapping[str, Handler],
        clock: Clock,
        pause: Pause,
        later: Later,
    ) -> None:
        self.board = Board()
        self._line = Line()
        self._background = Background()
        self._pace = Pace()
        self._store = store
        self._seats = EngineSeats(engine, handlers)
        self._clock = clock
        self._pause = pause
        self.endings = Endings(store, self._line, self._pace, self.board, clock, self._released)
        self._worker = Worker(engine, handlers, store, self.board, self.endings, pause)
        self._showing = Showing(self._line, self._seats, self._pace, self.board, clock, later)
        self._is_open = False
        self._admission: asyncio.Task[None] | None = None
        self._tasks: dict[int, asyncio.Task[Job | None]] = {}

    async def open(self) -> None:
        """Take up what was waiting or running when the process ended, and start to seat."""
        async with self._store.database.transaction():
            self._line.restore(await self._store.balances())
            for took in await self._store.history():
                self._pace.learn(took)
            waiting, hopeless = await self._store.take_up(MOST_ATTEMPTS)
            for job in hopeless:
                failure = Failure("jobs.gave_up", {"count": job.attempts})
                await self.endings.end(job.id, JobState.FAILED, failure=failure)
        self._line.resume(job for job in waiting if not job.is_quiet)
        self._background.waiting = {job.id: job for job in waiting if job.is_quiet}
        self._is_open = True
        log.info("→ line open", waiting=len(waiting), interrupted=sum(bool(job.started_at) for job in waiting))
        self._moved()

    async def close(self) -> None:
        """Stop all work; what ran waits again, for the next start."""
        self._is_open = False
        tasks = [task for task in (self._admission, *self._tasks.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._showing.stop()
        try:
            await self._store.hand_back()
        except NotStored as error:
            log.warning("! not handed back; the next start takes it up", key=error.key)

    async def take(self, job: Job) -> None:
        """Let a job into the line when its transaction is committed; while the line is closed, the row waits."""
        if self._is_open:
            if not job.is_quiet:
                await self._store.keep(self._line.balances_on_joining(job), self._clock())
            self._store.database.after_commit(partial(self._join, job))

    def refresh(self, job: Job) -> None:
        """Show a job's newer row."""
        self._line.refresh(job)
        view = self.board.view(job.id)
        if view:
            self.board.show(replace(view, job=job))

    def is_waiting(self, kind: str, lane: str) -> bool:
        """Say whether a job of this kind waits in a lane."""
        return any((job.kind, job.lane) == (kind, lane) for job in self._line.waiting.values())

    def is_pending(self, kind: str, lane: str) -> bool:
        """Say whether a job of this kind waits or runs in a lane."""
        return self.is_waiting(kind, lane) or any(
            (seated.job.kind, seated.job.lane) == (kind, lane) and not seated.job.state.has_ended
            for seated in self._line.seated.values()
        )

    def views(self, server_id: int) -> list[JobView]:
        """Return a server's jobs as they stand: those that run, then those that wait, next first."""
        self._showing.now()
        jobs = [*(seated.job for seated in self._line.seated.values()), *self._line.waiting.values()]
        views = [self.board.view(job.id) or JobView(job) for job in jobs if job.server_id == server_id]
        return sorted(views, key=lambda view: (view.place or 0, view.job.id))

    def _join(self, job: Job) -> None:
        if self._is_open:
            (self._background if job.is_quiet else self._line).join(job)
            self._moved()

    def _moved(self) -> None:
        if not self._is_open:
            return
        if self._admission is None or self._admission.done():
            self._admission = asyncio.create_task(self._admit())
            self._admission.add_done_callback(self._admitted)
        self._showing.soon()

    async def _admit(self) -> None:
        """Seat who is next, and the background where nobody is; all that moves meanwhile is seen before this ends."""
        while job := self._next():
            begun = await until_stored(partial(self._store.begin, job.id, self._clock()), self._pause)
            if begun is None:
                self._leave(job.id)  # cancelled before it began
            else:
                self._start(begun)
            if quiet := self._background.gives_way(self._line, self._seats):
                await self._put_back(quiet)

    def _next(self) -> Job | None:
        seated = self._line.admit(self._seats, self._pace.expect_ms)
        return seated.job if seated else self._background.admit(self._line)

    async def _put_back(self, quiet: Job) -> None:
        """Stop a job of the background and let it wait again."""
        if task := self._tasks.get(quiet.id):
            task.cancel()
            await asyncio.wait([task])
        if waiting := await until_stored(partial(self._store.put_back, quiet.id), self._pause):
            self._background.join(waiting)
            log.info("→ gave way", job=quiet.id, kind=quiet.kind)

    def _leave(self, job_id: int) -> None:
        self._line.leave(job_id)
        self._background.leave(job_id)

    @staticmethod
    def _admitted(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            log.error("! not seated; the next start takes it up", trace=trace_of(error))

    def _start(self, job: Job) -> None:
        log.info(
            "→ started",
            job=job.id,
            kind=job.kind,
            server=job.server_id,
            member=job.member_id,
            attempt=job.attempts,
            waited_ms=ms_between(job.created_at, self._clock()),
        )
        self._line.refresh(job)
        self.board.show(JobView(job))
        self._tasks[job.id] = asyncio.create_task(self._worker.work(job))
        self._tasks[job.id].add_done_callback(partial(self._left, job))

    def _left(self, job: Job, task: asyncio.Task[Job | None]) -> None:
        del self._tasks[job.id]
        waits_again = _outcome(job, task)
        if waits_again and self._is_open:
            self._wait_again(waits_again)
        else:
            self._leave(job.id)
        self._moved()

    def _wait_again(self, job: Job) -> None:
        if job.is_quiet:
            self._background.leave(job.id)
            self._background.join(job)
        else:
            self._line.go_on(job)

    def _released(self, job: Job) -> None:
        if job.state is JobState.CANCELLED and job.id in self._tasks:
            self._tasks[job.id].cancel()
        self._moved()


def _outcome(job: Job, task: asyncio.Task[Job | None]) -> Job | None:
    """Return a job that waits again after its work; None of one that has ended, or was left for the next start."""
    if task.cancelled():
        return None
    if error := task.exception():
        log.error("! not ended; the next start takes it up", job=job.id, trace=trace_of(error))
        return None
    return task.result()
