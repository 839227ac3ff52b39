"""Every accepted job is followed to its end, and its end reaches the member who asked."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial

import aiohttp
import discord
import structlog

from bot.clock import Clock, ms_between, utc_now
from bot.delivery.cancel import cancel_button
from bot.delivery.draft import Draft, Presenter, ViewFactory
from bot.delivery.failures import record_unknown, sentence_of
from bot.delivery.faults import Fault, fault_of
from bot.delivery.gate import Gate
from bot.delivery.live import live_pages
from bot.delivery.living import LivingMessage
from bot.delivery.mailbox import Mailbox
from bot.delivery.pace import LEAST_S, edit_interval_s, paced, retry_after_s
from bot.delivery.private import PrivateMessage
from bot.delivery.showing import show_button
from bot.errors import NotAllowed, NotFound, Unavailable
from bot.jobs.job import Job, JobState, JobView
from bot.jobs.queue import JobQueue
from bot.people import Member
from bot.words import say

log = structlog.get_logger(__name__)

Afterwards = Callable[[Job], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]

_EXPECTED = (Fault.TOKEN_DEAD, Fault.MESSAGE_GONE, Fault.CHANNEL_CLOSED)
"""What members and restarts do to a message; delivery has its way around each."""


class Delivery:
    """Turn each job's views into one living message; what was not delivered when the process died is taken up.

    `afterwards` says by kind what else in Discord follows from a job that is done, once its answer is there.
    """

    def __init__(
        self,
        client: discord.Client,
        queue: JobQueue,
        presenters: Mapping[str, Presenter],
        afterwards: Mapping[str, Afterwards],
        *,
        least_interval_s: float = LEAST_S,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.cancel_button = cancel_button(queue)
        self.show_button = show_button(self)
        self._client = client
        self._queue = queue
        self._presenters = presenters
        self._afterwards = afterwards
        self._least_interval_s = least_interval_s
        self._clock = clock
        self._sleep = sleep
        self._gate = Gate()
        self._is_running = False
        self._following: dict[int, asyncio.Task[None]] = {}
        self._live: dict[int, JobView] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Follow every job that is accepted or not yet delivered; the client must be logged in."""
        self._queue.on_submitted(self.follow)
        self._is_running = True
        try:
            for job in await self._queue.undelivered():
                self.follow(job, is_taken_up=True)
            yield
        finally:
            await self._stop()

    def follow(self, job: Job, *, is_taken_up: bool = False) -> None:
        """Follow a job until its answer is delivered; what comes after the end of `running` is for the next start.

        One that has ended already is told anew, in its place, and after what is being told of it now.
        """
        if not self._is_running:
            return
        if before := self._following.get(job.id):
            if job.state.has_ended:
                before.add_done_callback(lambda _: self.follow(job))
            return
        task = asyncio.create_task(self._follow(job, is_taken_up or job.state.has_ended), name=f"delivery {job.id}")
        self._following[job.id] = task
        task.add_done_callback(lambda _: self._following.pop(job.id, None))

    async def answer_for(self, member: Member, job_id: int) -> Sequence[Draft]:
        """Draft a job's whole answer for its asker; raise `NotAllowed` for anyone else, `NotFound` if it is gone."""
        job = await self._queue.job(job_id)
        if job.member_id != member.id:
            raise NotAllowed("delivery.not_for_you")
        return [*await self._opening(job), await self._draft(job)]

    async def settled(self) -> None:
        """Wait until every job that is followed now has been delivered or given up."""
        await asyncio.gather(*self._following.values())

    async def _stop(self) -> None:
        self._is_running = False
        tasks = list(self._following.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self, job: Job, is_taken_up: bool) -> None:
        """Try until the job's answer is delivered or can never be; what is repeated changes nothing twice."""
        living = self._message_of(job)
        for attempt in itertools.count():
            try:
                living.open_with(await self._opening(job))
                if is_taken_up or attempt:
                    await living.take_up()
                await self._deliver(await self._watch(job, living), living)
                return
            except NotFound:
                # The member had Salon forget her, and the job with it.
                return
            except Exception as error:
                if fault_of(error) is not Fault.TEMPORARY:
                    await self._apologise(record_unknown(error, job=job.id), living)
                    return
                log.warning("! delivery", job=job.id, attempt=attempt, cause=type(error).__name__)
                await self._sleep(retry_after_s(attempt))

    def _message_of(self, job: Job) -> LivingMessage:
        mailbox = Mailbox(self._client, job.reply, self._gate, self._clock)
        moved = partial(self._queue.place_reply, job.id)
        if job.reply.is_private:
            return PrivateMessage(job, mailbox, moved, partial(self.show_button.under, job.id))
        return LivingMessage(job, mailbox, moved)

    @staticmethod
    async def _apologise(sentence: str, living: LivingMessage) -> None:
        """Leave no spinner where delivery itself fails; the job stays undelivered, for the next start to try again."""
        with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            await living.finish(Draft(sentence))

    async def _watch(self, job: Job, living: LivingMessage) -> Job:
        """Show the job while it waits and runs; return it as it ended."""
        show_cancel = partial(self.cancel_button.under, job.id)
        try:
            async with aclosing(paced(self._queue.watch(job.id), partial(self._interval_s, job.id))) as views:
                async for view in views:
                    if _opened_by(view.job) != _opened_by(job):
                        living.open_with(await self._opening(view.job))
                    job = view.job
                    if not job.state.has_ended:
                        await self._show(view, living, show_cancel)
        finally:
            self._live.pop(job.id, None)
        return job

    async def _show(self, view: JobView, living: LivingMessage, show_cancel: ViewFactory) -> None:
        self._live[view.job.id] = view
        try:
            await living.show(live_pages(view, show_cancel))
        except Exception as error:
            # Only the end must arrive: a glimpse that was missed is made up for by the next.
            fault = fault_of(error)
            note = log.debug if fault in _EXPECTED else log.warning
            note("! glimpse", job=view.job.id, fault=fault.name, cause=type(error).__name__)

    async def _deliver(self, job: Job, living: LivingMessage) -> None:
        draft = await self._draft(job)
        refusal = await self._bring(draft, job, living)
        if refusal and fault_of(refusal) is Fault.TOO_LARGE:
            refusal = await self._bring(draft.without_files(), job, living)
        await self._follow_up(job)
        # The result is kept in any case; trying for ever would only earn the bot a ban.
        reason = f"Discord {refusal.status}, code {refusal.code}" if refusal else None
        await self._queue.mark_delivered(job.id, undeliverable=reason)
        if reason:
            log.error("! undeliverable", job=job.id, kind=job.kind, channel=job.reply.channel_id, reason=reason)
        else:
            total_ms = ms_between(job.created_at, self._clock())
            log.info("← delivered", job=job.id, kind=job.kind, state=job.state.value, total_ms=total_ms)

    async def _follow_up(self, job: Job) -> None:
        """Do what else follows from a job that is done; where that fails, the answer stands all the same."""
        if job.state is not JobState.DONE or job.kind not in self._afterwards:
            return
        try:
            await self._afterwards[job.kind](job)
        except Exception as error:
            log.warning("! afterwards", job=job.id, kind=job.kind, cause=type(error).__name__)

    @staticmethod
    async def _bring(draft: Draft, job: Job, living: LivingMessage) -> discord.HTTPException | None:
        """Say the answer in the channel, else privately; return why not, if neither could be."""
        refusal: discord.HTTPException | None = None
        for bring in (living.finish, living.finish_privately):
            try:
                await bring(draft)
                return None
            except discord.HTTPException as error:
                if fault_of(error) is Fault.TEMPORARY:
                    raise
                log.warning("! refused", job=job.id, door=bring.__name__, code=error.code)
                refusal = error
                if fault_of(error) is Fault.TOO_LARGE:
                    break  # it would fit no other door
        return refusal

    async def _opening(self, job: Job) -> Sequence[Draft]:
        """Draft what stands above the answer; nothing for a kind that an update took away, whose failure is told.

        Nor of a member who had Salon forget her while she waited: with her went what she asked.
        """
        presenter = self._presenters.get(job.kind)
        is_forgotten = job.state is JobState.CANCELLED and not job.asked
        return await presenter.opening(job) if presenter and not is_forgotten else ()

    async def _draft(self, job: Job) -> Draft:
        """Say how a job ended."""
        if job.state is JobState.CANCELLED:
            return Draft(say("delivery.cancelled"))
        if job.failure is not None:
            return Draft(job.failure)
        try:
            return await self._presenters[job.kind].present(job)
        except Unavailable:
            raise  # the database or a folder does not answer: the result is kept, and told when they do
        except Exception as error:
            return Draft(sentence_of(error) or record_unknown(error, job=job.id))

    def _interval_s(self, job_id: int) -> float:
        """Return how long a job's message stays as it is, the longer the more of them show work that goes on."""
        streaming = [view for view in self._live.values() if view.text or view.steps]
        is_picture = any(view.job.id == job_id and view.steps for view in streaming)
        return edit_interval_s(len(streaming), self._least_interval_s, is_picture=is_picture)


def _opened_by(job: Job) -> tuple[object, ...]:
    """Return what the words above an answer may hang on: they change when a job goes on, and when it has ended."""
    return job.kind, job.asked, job.state.has_ended
