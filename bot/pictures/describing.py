"""The describing of pictures: what the model that sees is asked, and keeping what it answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from bot.errors import Unavailable
from bot.jobs.handler import Handler
from bot.jobs.job import Job
from bot.pictures import rules
from bot.pictures.ask import channel_of
from bot.pictures.desk import PictureDesk
from bot.pictures.picture import Purpose
from bot.safety import clean_line, clean_optional
from models.events import Finished, Result
from models.requests import Request, SightRequest

# Short and plain, as the models that see are often small.
QUESTIONS = {
    Purpose.ALT: "Describe this picture in one or two plain sentences for someone who cannot see it.",
    Purpose.READING: "Look closely. What does this picture show, how is it made, and what mood does it set?",
    Purpose.STORY: "Write the opening paragraph of a story that begins in this picture.",
}
MAX_NEW_TOKENS = {Purpose.ALT: 80, Purpose.READING: 300, Purpose.STORY: 300}


class Describing(Handler):
    """Handles the jobs that look at a picture."""

    asks: ClassVar[type[Request]] = SightRequest

    def __init__(self, desk: PictureDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> SightRequest:
        """Freeze the request; the rules are asked again, as they may have changed."""
        await self._desk.check_ai(channel_of(job))
        rules.check_sees(self._desk.engine.sight_card)
        image = await asyncio.to_thread(self._desk.folder.read, job.asked["image"])
        purpose = Purpose(job.asked["purpose"])
        return SightRequest(f"job-{job.id}", image, QUESTIONS[purpose], MAX_NEW_TOKENS[purpose])

    async def digest(self, job: Job, result: Result) -> str:
        """Return what the model saw, tidied; an alternative text is one line that Discord takes."""
        return seen_in(result, clean_line if job.asked["purpose"] == Purpose.ALT else clean_optional)

    async def finish(self, job: Job, product: str) -> Mapping[str, Any]:
        """Keep an alternative text with the work where the one who asked made it; the result says it."""
        purpose, work_id = Purpose(job.asked["purpose"]), job.asked["work_id"]
        work = await self._desk.works.work(work_id) if work_id else None
        if purpose is Purpose.ALT and work and work.member_id == job.member_id:
            await self._desk.works.write_alt(work.id, product[: rules.ALT_MAX])
        return {"text": product, "purpose": purpose, "work_id": work_id}


def seen_in(result: Result, tidy: Callable[[str], str] = clean_optional) -> str:
    """Return what a model that looked at a picture saw; raise `Unavailable` where that is nothing."""
    assert isinstance(result, Finished)
    seen = tidy(result.text)
    if not seen:
        raise Unavailable("pictures.saw_nothing")
    return seen
