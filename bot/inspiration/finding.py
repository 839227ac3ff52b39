"""Finding what a source is made of: its elements, with such quotes alone as stand in it."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answering import Answering
from bot.answers.reading import Unshaped
from bot.inspiration.ask import DIRECT, Ask, Elements
from bot.inspiration.desk import InspirationDesk
from bot.inspiration.prompts import elements_request
from bot.inspiration.shapes import ElementsShape, elements_of
from bot.jobs.asker import channel_of
from bot.jobs.handler import GoesOn
from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from models.requests import TextRequest


class Finding(Answering[ElementsShape]):
    """Handles the jobs that look for a source's elements."""

    shape = ElementsShape

    def __init__(self, desk: InspirationDesk) -> None:
        self._desk = desk

    async def question(self, job: Job) -> TextRequest:
        """Freeze what the model is asked of the source as it reads now; the channel's policy is asked again."""
        await self._desk.check_ai(channel_of(job))
        brief = await self._desk.brief(job)
        return elements_request(f"job-{job.id}", brief.material, brief.source, seed_of(job))

    async def keep(self, job: Job, answer: ElementsShape | Unshaped) -> GoesOn:
        """Go on to the first direction, with what was found or, where that had no shape, what was said."""
        if isinstance(answer, Unshaped):
            elements = Elements(said=answer.text)
        else:
            elements = elements_of(answer, (await self._desk.brief(job)).material)
        return GoesOn(DIRECT, replace(Ask.of(job), elements=elements).told)
