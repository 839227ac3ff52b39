"""Takes one admitted job through prepare, run and finish to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import partial
from typing import cast

from bot.errors import Unavailable
from bot.jobs.board import Board
from bot.jobs.endings import Endings
from bot.jobs.failures import failure_of
from bot.jobs.handler import JobHandler
from bot.jobs.job import Job, JobState
from bot.jobs.patience import Pause, until_stored
from bot.jobs.store import JobStore
from models.engine import Engine
from models.errors import ModelFault
from models.events import Event, Finished, TextDelta
from models.requests import Request


class Worker:
    """Works on jobs, each in a task of its own; cancelling the task closes the engine's iterator."""

    def __init__(
        self,
        engine: Engine,
        handlers: Mapping[str, JobHandler],
        store: JobStore,
        board: Board,
        endings: Endings,
        pause: Pause,
    ) -> None:
        self._engine = engine
        self._handlers = handlers
        self._store = store
        self._board = board
        self._endings = endings
        self._pause = pause

    async def work(self, job: Job) -> None:
        """Bring a running job to its end, whatever is raised on the way."""
        cost_ms: float | None = None
        try:
            handler = self._handler(job)
            request = await until_stored(partial(handler.prepare, job), self._pause)
            finished = await self._run(job, request)
            cost_ms = finished.device_ms
            await until_stored(partial(self._finish, job, handler, finished), self._pause)
        except Exception as error:
            fail = partial(self._endings.end, job.id, JobState.FAILED, cost_ms=cost_ms, failure=failure_of(error, job))
            await until_stored(fail, self._pause)

    def _handler(self, job: Job) -> JobHandler:
        if job.kind not in self._handlers:
            raise Unavailable("jobs.kind_gone")
        return self._handlers[job.kind]

    async def _run(self, job: Job, request: Request) -> Finished:
        async with aclosing(cast("AsyncGenerator[Event, None]", self._engine.run(request))) as events:
            async for event in events:
                if isinstance(event, Finished):
                    return event
                if isinstance(event, TextDelta):
                    self._board.add_text(job.id, event.text)
        raise ModelFault("the engine ended without a result")

    async def _finish(self, job: Job, handler: JobHandler, finished: Finished) -> None:
        async with self._store.database.transaction():
            now = await self._store.get(job.id)
            if now and now.state is JobState.RUNNING:  # else it was cancelled or forgotten while its last words came
                result = await handler.finish(now, finished)
                await self._endings.end(job.id, JobState.DONE, cost_ms=finished.device_ms, result=result)
