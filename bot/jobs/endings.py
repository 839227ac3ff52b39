"""How a job ends or goes on: in one transaction with what it is charged, and seen only when that is committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.clock import Clock, ms_between
from bot.jobs.board import Board
from bot.jobs.failures import Failure
from bot.jobs.handler import GoesOn
from bot.jobs.job import Job, JobState, JobView
from bot.jobs.line import Line
from bot.jobs.pace import Pace, Took
from bot.jobs.store import JobStore

log = structlog.get_logger(__name__)

_SIGNS = {JobState.DONE: "← done", JobState.CANCELLED: "⊘ cancelled", JobState.FAILED: "! failed"}


class Endings:
    """Ends jobs in the store, then in the line and on the board, and tells `on_ended`."""

    def __init__(
        self, store: JobStore, line: Line, pace: Pace, board: Board, clock: Clock, on_ended: Callable[[Job], None]
    ) -> None:
        self._store = store
        self._line = line
        self._pace = pace
        self._board = board
        self._clock = clock
        self._on_ended = on_ended

    async def end(
        self,
        job_id: int,
        state: JobState,
        *,
        cost_ms: float | None = None,
        result: Mapping[str, Any] | None = None,
        failure: Failure | None = None,
    ) -> Job | None:
        """Give a job its end; None if it has one already. A cost that is not known is reckoned from the time passed."""
        async with self._store.database.transaction():
            now = self._clock()
            cost_ms = self._spent_ms(job_id, now) if cost_ms is None else cost_ms
            job = await self._store.end(job_id, state, now, cost_ms=cost_ms, result=result, failure=failure)
            if job:
                await self._store.keep(self._line.balances_after(job_id, cost_ms), now)
                self._store.database.after_commit(partial(self._ended, job))
        return job

    async def go_on(self, job: Job, on: GoesOn, cost_ms: float) -> Job | None:
        """Let a running job wait again as another kind; None if it has ended meanwhile."""
        async with self._store.database.transaction():
            now = self._clock()
            waiting = await self._store.go_on(job.id, on.kind, on.asked, cost_ms)
            if waiting:
                await self._store.keep(self._line.balances_after(job.id, cost_ms), now)
                done = replace(job, ended_at=now, cost_ms=cost_ms)
                self._store.database.after_commit(partial(self._went_on, done, waiting))
        return waiting

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop a member's jobs; what waited or ran ends as cancelled for those who watch it."""
        async with self._store.database.transaction():
            for job in await self._store.forget(member_id, server_id):
                gone = replace(job, state=JobState.CANCELLED, ended_at=self._clock(), asked={})
                self._store.database.after_commit(partial(self._ended, gone))

    def _ended(self, job: Job) -> None:
        if job.state is JobState.DONE:
            self._learn(job)
        self._line.refresh(job)
        if job.id in self._line.seated:
            self._line.settle(job.id, job.cost_ms)
        else:
            self._line.leave(job.id)
        view = self._board.view(job.id)
        self._board.show(JobView(job, text=view.text if view else ""))
        log.info(_SIGNS[job.state], job=job.id, kind=job.kind, device_ms=round(job.cost_ms), **_known_of(job))
        self._on_ended(job)

    def _went_on(self, done: Job, waiting: Job) -> None:
        self._learn(done)
        self._line.refresh(waiting)
        if not waiting.is_quiet:
            self._line.settle(waiting.id, done.cost_ms)
        self._board.show(JobView(waiting))
        log.info("→ goes on", job=done.id, kind=done.kind, next=waiting.kind, device_ms=round(done.cost_ms))

    def _learn(self, done: Job) -> None:
        self._pace.learn(Took.by(done))
        self._line.reprice(self._pace.expect_ms)

    def _spent_ms(self, job_id: int, now: datetime) -> float:
        seated = self._line.seated.get(job_id)
        if seated is None or seated.job.state is not JobState.RUNNING or seated.job.started_at is None:
            return 0.0
        elapsed_ms = (now - seated.job.started_at).total_seconds() * 1_000
        return self._pace.device_ms(seated.job, max(elapsed_ms, 0.0))


def _known_of(job: Job) -> dict[str, int | str]:
    """Say for the log how long an ended job ran, if it was started, and why it failed, if it did."""
    took = {"took_ms": ms_between(job.started_at, job.ended_at)} if job.started_at and job.ended_at else {}
    return {**took, **({"key": job.error} if job.error else {})}
