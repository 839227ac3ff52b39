"""The two jobs behind notes on a picture: a model that sees looks at it, then one that writes makes notes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from bot.answers.answering import Answering
from bot.answers.reading import Unshaped
from bot.critique.desk import critic
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.picture_critique import prompts
from bot.picture_critique.ask import NOTE, PictureAsk, Remark, Remarks
from bot.picture_critique.shape import PictureNotes
from bot.pictures.ask import channel_of
from bot.pictures.describing import seen_in
from bot.pictures.service import PictureService
from bot.readers.service import ReaderService
from bot.stories.continuing import seed_of
from models.events import Result
from models.requests import Request, SightRequest, TextRequest

RubricOf = Callable[[int], Awaitable[str]]
"""Returns what a server, by its id, wishes for its critiques."""


class Looking(Handler):
    """Handles the looking; the job goes on as one for notes."""

    asks: ClassVar[type[Request]] = SightRequest
    shows_words = False

    def __init__(self, pictures: PictureService) -> None:
        self._pictures = pictures

    async def prepare(self, job: Job) -> SightRequest:
        """Freeze the request; the rules are asked again, as they may have changed."""
        await self._pictures.check_may_describe(channel_of(job))
        image = await asyncio.to_thread(self._pictures.folder.read, PictureAsk.of(job).image)
        return SightRequest(f"job-{job.id}", image, prompts.LOOK, prompts.LOOK_TOKENS)

    async def digest(self, job: Job, result: Result) -> str:
        """Return what was seen."""
        return seen_in(result)

    async def finish(self, job: Job, product: str) -> GoesOn:
        """Go on with what was seen."""
        return GoesOn(NOTE, replace(PictureAsk.of(job), seen=product).told)


class Noting(Answering[PictureNotes]):
    """Handles the notes; they are kept with the job alone, and paid for when they are there."""

    shape = PictureNotes

    def __init__(self, pictures: PictureService, readers: ReaderService, rubric: RubricOf) -> None:
        self._pictures = pictures
        self._readers = readers
        self._rubric = rubric

    async def question(self, job: Job) -> TextRequest:
        """Freeze the question from what was seen; the channel's policy is asked again."""
        await self._pictures.check_ai(channel_of(job))
        rubric = await self._rubric(job.server_id)
        return prompts.build_request(f"job-{job.id}", PictureAsk.of(job), rubric, seed_of(job))

    async def keep(self, job: Job, answer: PictureNotes | Unshaped) -> Mapping[str, Any]:
        """Take the price and keep the notes as the job's result."""
        await self._readers.charge_ai(job.server_id, job.member_id, PictureAsk.of(job).price, job.id)
        model = self._model()
        if isinstance(answer, Unshaped):
            return Remarks(model, plain=answer.text).told
        notes = tuple(Remark(note.region, note.kind, note.effect, note.advice) for note in answer.notes)
        return Remarks(model, answer.strength, answer.issue, notes).told

    def _model(self) -> str:
        """Name the model that sees and, where it is another, the one that writes."""
        engine = self._pictures.engine
        names = [critic(card) for card in (engine.sight_card, engine.card) if card]
        return " + ".join(dict.fromkeys(names))
