"""The durable, fair line in front of the device, as features see it: submit, watch, cancel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.errors import NotAllowed, NotFound
from bot.jobs.bounds import Bounds
from bot.jobs.dispatch import Dispatch
from bot.jobs.handler import Handler
from bot.jobs.job import Job, JobState, JobView, NewJob, ReplyPlace
from bot.jobs.patience import Pause
from bot.jobs.showing import Later, call_later
from bot.jobs.store import JobStore
from bot.people import Member
from models.engine import Engine


class JobQueue:
    """Every accepted job is a row first, and ends exactly once: done, failed or cancelled.

    `pause` waits between attempts to write to a database that is busy or full; `later` calls when estimates are to be
    shown again.
    """

    def __init__(
        self,
        store: JobStore,
        engine: Engine,
        *,
        bounds: Bounds,
        clock: Clock,
        pause: Pause = asyncio.sleep,
        later: Later = call_later,
    ) -> None:
        self._store = store
        self._bounds = bounds
        self._clock = clock
        self._handlers: dict[str, Handler] = {}
        self._followers: list[Callable[[Job], None]] = []
        self._dispatch = Dispatch(store, engine, self._handlers, clock, pause, later)

    def register(self, kind: str, handler: Handler) -> None:
        """Let `handler` bring jobs of a kind to their end."""
        self._handlers[kind] = handler

    def on_submitted(self, callback: Callable[[Job], None]) -> None:
        """Call `callback` with every job that is accepted from now on, and with those whose end is to be told anew."""
        self._followers.append(callback)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work on the line, beginning with what was waiting or running when the process last ended."""
        await self._dispatch.open()
        try:
            yield
        finally:
            await self._dispatch.close()

    async def submit(self, new: NewJob) -> Job:
        """Store a job, in the open transaction if there is one; it may run once that is committed.

        Raises `LineFull`, and stores nothing, when the member, the server or all together have too many waiting.
        """
        database = self._store.database
        async with database.transaction():
            self._bounds.check(await self._store.lengths(new.server_id, new.member_id))
            job = await self._store.append(new, self._clock())
            await self._dispatch.take(job)
            for follow in self._followers:
                database.after_commit(partial(follow, job))
        return job

    async def submit_quiet(self, new: NewJob) -> Job | None:
        """Store a job of the background, in the open transaction if there is one; None where its lane has one waiting.

        It is in nobody's way: no bound counts it, and it runs while nobody waits.
        """
        async with self._store.database.transaction():
            if await self._store.has_quiet(new.lane):
                return None
            job = await self._store.append(replace(new, is_quiet=True), self._clock())
            await self._dispatch.take(job)
        return job

    async def watch(self, job_id: int) -> AsyncIterator[JobView]:
        """Yield a job as it stands and whenever that changed; the last view has ended. A slow reader skips views."""
        views = self._dispatch.board.watch(job_id)
        if self._dispatch.board.view(job_id) is None:
            job = await self.job(job_id)
            if self._dispatch.board.view(job_id) is None:
                self._dispatch.board.show(JobView(job))
        async for view in views:
            yield view

    async def cancel(self, job_id: int, by: Member) -> Job:
        """Cancel a job that waits or runs; one that has ended stays as it is. Return it as it stands then.

        Raises `NotFound` outside its server, `NotAllowed` unless it is the member's own or she is an admin.
        """
        async with self._store.database.transaction():
            job = await self.job(job_id)
            if job.server_id != by.server_id:
                raise NotFound("jobs.not_found")
            if job.member_id != by.id and not by.is_admin:
                raise NotAllowed("jobs.not_yours")
            return await self._dispatch.endings.end(job_id, JobState.CANCELLED) or job

    async def job(self, job_id: int) -> Job:
        """Return a job as it is stored; raise `NotFound` where it is not, or not any more."""
        job = await self._store.get(job_id)
        if job is None:
            raise NotFound("jobs.not_found")
        return job

    async def tell_again(self, job_id: int) -> None:
        """Have an ended job's answer told anew where it stands, as what it shows has changed; nothing if it is gone."""
        async with self._store.database.transaction():
            job = await self._store.mark_undelivered(job_id)
            if job:
                for follow in self._followers:
                    self._store.database.after_commit(partial(follow, job))

    def is_waiting(self, kind: str, lane: str) -> bool:
        """Say whether a job of this kind waits in a lane; one that runs has been frozen already."""
        return self._dispatch.is_waiting(kind, lane)

    def is_pending(self, kind: str, lane: str) -> bool:
        """Say whether a job of this kind waits or runs in a lane."""
        return self._dispatch.is_pending(kind, lane)

    async def line(self, server_id: int) -> list[JobView]:
        """Return a server's jobs: those that run, then those that wait in fair order."""
        return self._dispatch.views(server_id)

    async def in_background(self, server_id: int | None = None) -> list[Job]:
        """Return the jobs of the background that wait or run, of one server or of all, the oldest first."""
        jobs = await self._store.in_background()
        return [job for job in jobs if server_id is None or job.server_id == server_id]

    async def undelivered(self) -> list[Job]:
        """Return every job whose end nobody was told, ended or not, oldest first: to be followed at start."""
        return await self._store.undelivered()

    async def place_reply(self, job_id: int, reply: ReplyPlace) -> None:
        """Store where a job's message is."""
        job = await self._store.place_reply(job_id, reply)
        if job:
            self._dispatch.refresh(job)

    async def mark_delivered(self, job_id: int, *, undeliverable: str | None = None) -> None:
        """Store that the member was told how the job ended, or why she cannot be."""
        await self._store.mark_delivered(job_id, self._clock(), undeliverable)

    async def drop(self, job_id: int) -> None:
        """Drop a job that has ended: what came of it was taken away, and is not to be read in it."""
        await self._store.drop(job_id)

    async def forget(self, member_id: int, server_id: int | None = None) -> None:
        """Cancel what a member has waiting or running, and drop all rows of her jobs, in one server or in all."""
        await self._dispatch.endings.forget(member_id, server_id)

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member asked for and how much of the device she had."""
        return await self._store.export(member_id, server_id)
