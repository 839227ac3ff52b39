"""The line edit: the model corrects a draft part by part, and of what it changed only small edits are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.critique.ask import CORRECT, Ask
from bot.critique.critique import Findings, Note
from bot.critique.desk import CritiqueDesk
from bot.critique.prompts import line_request
from bot.forms.edits import changes, line_edits
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.quotes import paragraph_at
from bot.safety import clean_optional
from bot.stories.continuing import seed_of
from models.events import Finished, Result
from models.requests import TextRequest

EDIT = "edit"


class Correcting(Handler):
    """Handles jobs of the kind `critique.correct`: a part a turn."""

    shows_words = False

    def __init__(self, desk: CritiqueDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze what is asked of the next part: all of it again, corrected."""
        ask, draft = await self._desk.open(job)
        seed = seed_of(job) + ask.reading.parts_read
        return line_request(f"job-{job.id}", ask, await self._desk.own_rubric(job.server_id), draft, seed)

    async def digest(self, job: Job, result: Result) -> Ask:
        """Add the sentences of this part that small edits change to those before."""
        assert isinstance(result, Finished)
        ask, draft = Ask.of(job), await self._desk.draft_of(job)
        # Of a large part this takes seconds.
        notes, larger = await asyncio.to_thread(_changed, draft, ask.span, clean_optional(result.text))
        reading = ask.reading
        return replace(
            ask,
            reading=replace(
                reading,
                notes=(*reading.notes, notes),
                larger=reading.larger + larger,
                parts_read=reading.parts_read + 1,
            ),
        )

    async def finish(self, job: Job, product: Ask) -> Mapping[str, Any] | GoesOn:
        """Go on with the next part, or keep the sentences that change, as they are and as they could be."""
        reading = product.reading
        if reading.parts_read < product.parts:
            return GoesOn(CORRECT, product.told)
        notes = tuple(chain.from_iterable(reading.notes))
        return await self._desk.conclude(job, Findings(notes=notes, larger=reading.larger))


def _changed(draft: str, span: tuple[int, int], rewritten: str) -> tuple[tuple[Note, ...], int]:
    """Return the sentences of a part that small edits change, and how many larger edits there were."""
    start, end = span
    text = draft[start:end].strip()
    start = draft.index(text, start)
    edits, larger = line_edits(text, rewritten) if rewritten else ([], 0)
    sentences = changes(text, edits)
    return tuple(
        Note(one.before, paragraph_at(draft, start + one.start), EDIT, "", one.after) for one in sentences
    ), larger
