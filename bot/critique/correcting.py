"""The line edit: the model corrects a draft part by part, and of what it changed only small edits are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.critique.ask import CORRECT, Ask
from bot.critique.critique import Findings, Note
from bot.critique.desk import CritiqueDesk
from bot.forms.edits import Edit, changes, line_edits
from bot.forms.polishing import build_request
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.quotes import paragraph_at
from bot.safety import clean_optional
from bot.stories.continuing import seed_of
from models.events import Finished, Result
from models.requests import TextRequest

EDITED_SENTENCES_MAX = 40
EDIT = "edit"


class Correcting(Handler):
    """Handles jobs of the kind `critique.correct`: a part a turn."""

    shows_words = False

    def __init__(self, desk: CritiqueDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze what is asked of the next part: all of it again, corrected."""
        ask, draft = await self._desk.open(job)
        start, end = ask.span
        return build_request(f"job-{job.id}", draft[start:end].strip(), seed_of(job) + ask.reading.parts_read)

    async def digest(self, job: Job, result: Result) -> Ask:
        """Add the small edits of this part to those before."""
        assert isinstance(result, Finished)
        ask, draft = Ask.of(job), await self._desk.draft_of(job)
        start, end = ask.span
        start += len(draft[start:end]) - len(draft[start:end].lstrip())
        rewritten = clean_optional(result.text)
        small, larger = line_edits(draft[start:end].strip(), rewritten) if rewritten else ([], 0)
        edits = (Edit(start + edit.start, start + edit.end, edit.new) for edit in small)
        reading = ask.reading
        return replace(
            ask,
            reading=replace(
                reading,
                edits=(*reading.edits, *edits),
                larger=reading.larger + larger,
                parts_read=reading.parts_read + 1,
            ),
        )

    async def finish(self, job: Job, product: Ask) -> Mapping[str, Any] | GoesOn:
        """Go on with the next part, or keep the sentences that change, as they are and as they could be."""
        reading = product.reading
        if reading.parts_read < product.parts:
            return GoesOn(CORRECT, product.told)
        draft = await self._desk.draft_of(job)
        changed = changes(draft, reading.edits)[:EDITED_SENTENCES_MAX]
        notes = (Note(one.before, paragraph_at(draft, draft.index(one.before)), EDIT, "", one.after) for one in changed)
        return await self._desk.conclude(job, Findings(notes=tuple(notes), larger=reading.larger))
