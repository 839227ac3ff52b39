"""Finished critiques as the answers to their jobs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.critique.ask import WEIGH, Ask
from bot.critique.service import CritiqueService
from bot.delivery.draft import Draft
from bot.jobs.job import Job
from bot.words import say
from cogs.critique.show import draft_of


class CritiquePresenter:
    """Presents jobs of the kinds `critique.read`, `critique.weigh` and `critique.correct`."""

    def __init__(self, critiques: CritiqueService) -> None:
        self._critiques = critiques

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say of a long draft which part is being read."""
        ask = Ask.of(job)
        if job.state.has_ended or ask.parts == 1:
            return ()
        if job.kind == WEIGH:
            return [Draft(say("critique.weighing", count=ask.parts), heads=True)]
        said = say("critique.reading_part", number=ask.reading.parts_read + 1, count=ask.parts)
        return [Draft(said, heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft the critique."""
        return draft_of(await self._critiques.of_job(job))
