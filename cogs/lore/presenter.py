"""What the AI proposes as the answer to its job."""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.draft import Draft
from bot.jobs.asker import asker_of
from bot.jobs.job import Job
from bot.lore.offering import Read
from bot.lore.service import LoreService
from bot.words import say
from cogs.lore.offers import offer_draft
from cogs.shown import plain


class OfferPresenter:
    """Presents jobs of the kind `lore.propose`."""

    def __init__(self, lore: LoreService) -> None:
        self._lore = lore

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the proposals who asked for them, and which passages are read."""
        read = Read.of(job)
        key = "lore.asks_one" if read.first == read.last else "lore.asks"
        name, title = plain(asker_of(job).name), plain(read.title)
        return [Draft(say(key, name=name, title=title, first=read.first, last=read.last), heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft the first proposal, with its buttons."""
        return offer_draft(await self._lore.offer(job), self._lore.engine.card.name)
