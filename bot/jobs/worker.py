"""Takes one admitted job through prepare, run, digest and finish to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any, cast

import structlog

from bot.errors import Unavailable
from bot.jobs.board import Board
from bot.jobs.endings import Endings
from bot.jobs.failures import failure_of
from bot.jobs.gathering import gathered
from bot.jobs.handler import Batch, GoesOn, Handler, Results
from bot.jobs.job import Glimpse, Job, JobState
from bot.jobs.patience import Pause, until_stored
from bot.jobs.store import JobStore
from bot.traces import trace_of
from models.engine import Engine
from models.errors import ModelFault
from models.events import Drawn, Event, Finished, Preview, Result, Started, StepDone, TextDelta
from models.requests import Request

log = structlog.get_logger(__name__)


class Worker:
    """Works on jobs, each in a task of its own; cancelling the task closes the engine's iterator."""

    def __init__(
        self,
        engine: Engine,
        handlers: Mapping[str, Handler],
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

    async def work(self, job: Job) -> Job | None:
        """Bring a running job to its end, whatever is raised on the way; return it if instead it waits again."""
        cost_ms: float | None = None
        try:
            handler = self._handler(job)
            asked = await until_stored(partial(handler.prepare, job), self._pause)
            result: Result | Results
            if isinstance(asked, Batch):
                result = await self._run_all(job, asked)
                cost_ms = sum(each.device_ms for each in result if each)
            else:
                result = await self._run(job, handler, asked)
                cost_ms = result.device_ms
            product = await until_stored(partial(handler.digest, job, result), self._pause)
            return await until_stored(partial(self._finish, job, handler, product, cost_ms), self._pause)
        except Exception as error:
            fail = partial(self._endings.end, job.id, JobState.FAILED, cost_ms=cost_ms, failure=failure_of(error, job))
            await until_stored(fail, self._pause)
            return None

    def _handler(self, job: Job) -> Handler:
        if job.kind not in self._handlers:
            raise Unavailable("jobs.kind_gone")
        return self._handlers[job.kind]

    async def _run(self, job: Job, handler: Handler, request: Request) -> Result:
        return await self._result_of(request, partial(self._show, job, handler))

    async def _run_all(self, job: Job, batch: Batch) -> Results:
        """Run requests at the same time; cancelling the job closes them all, one that fails leaves the others be."""
        runs = [partial(self._result_of, request, partial(self._show_begun, job)) for request in batch.requests]
        return await gathered(runs, batch.least, partial(self._board.count_written, job.id))

    async def _result_of(self, request: Request, show: Callable[[Event], Awaitable[None]]) -> Result:
        async with aclosing(cast("AsyncGenerator[Event, None]", self._engine.run(request))) as events:
            async for event in events:
                if isinstance(event, Finished | Drawn):
                    return event
                await show(event)
        raise ModelFault("the engine ended without a result")

    async def _show_begun(self, job: Job, event: Event) -> None:
        """Show of one text among several only that the device works on it: their words would mingle."""
        if isinstance(event, Started):
            self._board.begin(job.id)

    async def _show(self, job: Job, handler: Handler, event: Event) -> None:
        if isinstance(event, Started):
            self._board.begin(job.id)
        elif isinstance(event, TextDelta) and handler.shows_words_of(job):
            self._board.add_text(job.id, event.text)
        elif isinstance(event, StepDone):
            self._board.count_steps(job.id, event.step, event.steps)
        elif isinstance(event, Preview) and (glimpse := await self._glimpse(job, handler, event)):
            self._board.show_glimpse(job.id, glimpse)

    @staticmethod
    async def _glimpse(job: Job, handler: Handler, preview: Preview) -> Glimpse | None:
        """Ask what may be seen of a picture; where that fails, nothing is, and the picture goes on."""
        try:
            return await handler.glimpse(job, preview)
        except Exception as error:
            log.warning("! withheld", job=job.id, trace=trace_of(error))
            return None

    async def _finish(self, job: Job, handler: Handler, product: Any, cost_ms: float) -> Job | None:
        async with self._store.database.transaction():
            now = await self._store.get(job.id)
            if not now or now.state is not JobState.RUNNING:
                return None  # it was cancelled or forgotten while its last words came
            result = await handler.finish(now, product)
            if isinstance(result, GoesOn):
                return await self._endings.go_on(now, result, cost_ms)
            await self._endings.end(job.id, JobState.DONE, cost_ms=cost_ms, result=result)
            return None
