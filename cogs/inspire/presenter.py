"""Directions as the answers to their jobs, told one after another as they come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.delivery.draft import Draft
from bot.inspiration.ask import Ask, Inspiration
from bot.inspiration.service import InspirationService
from bot.jobs.job import Job
from bot.words import say
from cogs.inspire.captions import begun, look_in_words
from cogs.inspire.controls import direction_buttons


class InspirationPresenter:
    """Presents jobs for inspiration, in whichever of their stages they are."""

    def __init__(self, inspirations: InspirationService) -> None:
        self._inspirations = inspirations

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say who looks for inspiration and in what, and all that was found so far."""
        return [Draft(begun(Ask.of(job)), heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft what is not told by then: the last direction; with the buttons for all of them."""
        came, told = Inspiration.of(job.result or {}), len(Ask.of(job).looks)
        text = "\n".join(look_in_words(at + 1, came.looks[at]) for at in range(told, len(came.looks)))
        numbers = [at for at, look in enumerate(came.looks) if look.direction]
        draws = self._inspirations.engine.image_card is not None
        return Draft(
            text,
            say("inspire.credit", model=came.model),
            say("delivery.goes_on"),
            partial(direction_buttons, job.id, numbers, draws=draws),
        )
