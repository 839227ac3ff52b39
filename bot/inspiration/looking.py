"""Looking at a picture: before anything is found in it, it is put into words."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from bot.inspiration.ask import FIND, Ask
from bot.inspiration.desk import InspirationDesk
from bot.jobs.asker import channel_of
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.pictures.describing import MAX_NEW_TOKENS, QUESTIONS, seen_in
from bot.pictures.picture import Purpose
from models.events import Result
from models.requests import Request, SightRequest


class Looking(Handler):
    """Handles the jobs that begin with a picture."""

    asks: ClassVar[type[Request]] = SightRequest
    shows_words = False

    def __init__(self, desk: InspirationDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> SightRequest:
        """Freeze the request; the rules are asked again, as they may have changed."""
        await self._desk.pictures.check_may_describe(channel_of(job))
        file = Ask.of(job).source.picture
        assert file is not None, "what is looked at is a picture"
        image = await asyncio.to_thread(self._desk.pictures.folder.read, file)
        purpose = Purpose.READING
        return SightRequest(f"job-{job.id}", image, QUESTIONS[purpose], MAX_NEW_TOKENS[purpose])

    async def digest(self, job: Job, result: Result) -> str:
        """Return what the model saw, tidied."""
        return seen_in(result)

    async def finish(self, job: Job, product: str) -> GoesOn:
        """Go on to what that is made of."""
        return GoesOn(FIND, replace(Ask.of(job), seen=product).told)
