"""Looking through one lens after another: each direction is told the others, and must be new to the server.

One by one, since a small model that is asked for three writes one three times, and a large one has room to differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.answers.asking import again, shaped
from bot.answers.reading import Flaw, read, unshaped
from bot.errors import Unavailable
from bot.inspiration.ask import DIRECT, Ask, Inspiration, Look
from bot.inspiration.deck import HAND
from bot.inspiration.desk import InspirationDesk
from bot.inspiration.lens import lens_of
from bot.inspiration.newness import Offered
from bot.inspiration.prompts import direction_request
from bot.inspiration.shapes import DirectionShape, direction_of
from bot.inspiration.store import NewOffer
from bot.jobs.asker import channel_of
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from models.events import Finished, FinishReason, Result
from models.requests import TextRequest

TRIES = 3
"""So often a direction is asked for that has no shape, or is too near to what was offered before."""

# What was offered is not told: it may have come of what somebody else brought, in a channel that others cannot read.
_NOT_NEW = "It is too near to what they were offered before. Take another way, to another place."


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a try: a look and where its direction is in meaning, or a flaw, for which it may be made again."""

    look: Look
    offered: Offered | None = None
    flaw: Flaw | None = None


class Directing(Handler):
    """Handles the jobs that look through lenses, one after another; the last one's result is all of them."""

    shows_words = False

    def __init__(self, desk: InspirationDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze the next try from things as they stand now; the channel's policy is asked again."""
        await self._desk.check_ai(channel_of(job))
        ask, brief = Ask.of(job), await self._desk.brief(job)
        request = direction_request(
            f"job-{job.id}",
            brief.material,
            brief.source,
            brief.elements,
            lens_of(ask.lens),
            brief.directions,
            seed_of(job) + 1 + len(ask.looks) + ask.tries * HAND,
        )
        banned = await self._desk.phrases.of(job.server_id)
        request = shaped(replace(request, banned=banned), DirectionShape)
        return again(request, ask.miss) if ask.miss else request

    async def digest(self, job: Job, result: Result) -> Judged:
        """Read the direction, and see whether the server was offered the same before."""
        assert isinstance(result, Finished)
        ask = Ask.of(job)
        answer = read(result.text, DirectionShape, is_cut=result.reason is FinishReason.LENGTH)
        if isinstance(answer, Flaw):
            return Judged(Look(ask.lens, said=_said(answer)), flaw=answer)
        direction = direction_of(answer)
        offered = await self._desk.place(direction)
        if not await self._desk.is_new(job.server_id, offered):
            return Judged(Look(ask.lens), flaw=Flaw(result.text, (_NOT_NEW,)))
        return Judged(Look(ask.lens, direction), offered)

    async def finish(self, job: Job, product: Judged) -> Mapping[str, Any] | GoesOn:
        """Keep the direction, or try again; then go on to the next lens, or keep them all."""
        ask = Ask.of(job)
        if product.flaw and ask.tries + 1 < TRIES:
            return GoesOn(DIRECT, replace(ask, tries=ask.tries + 1, miss=product.flaw).told)
        if product.offered:
            new = NewOffer(job.server_id, job.member_id, job.id, len(ask.looks), ask.lens, product.offered)
            await self._desk.offers.append(new, self._desk.clock())
        ask = ask.after(product.look)
        if len(ask.looks) < len(ask.lenses):
            return GoesOn(DIRECT, ask.told)
        return Inspiration(ask.looks, self._desk.engine.card.name, ask.seen, ask.elements).told


def _said(flaw: Flaw) -> str:
    """Return as plain text what had no shape; nothing where nothing was said."""
    try:
        return unshaped(flaw).text
    except Unavailable:
        return ""
