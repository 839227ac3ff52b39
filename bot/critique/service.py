"""Critique of drafts, as the rest of the house sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.critique.ask import CORRECT, READ, WEIGH, Ask
from bot.critique.correcting import Correcting
from bot.critique.critique import Critique, Mode, Wish
from bot.critique.desk import CritiqueDesk
from bot.critique.parts import parts_of
from bot.critique.prompts import ANSWER_TOKENS, line_request, part_request
from bot.critique.reading import PartReading, Weighing
from bot.critique.rules import check_draft, check_own, checked_wish
from bot.errors import BadInput, NotAllowed, NotFound, Unavailable
from bot.jobs.asker import Asker
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.people import Channel, Member
from bot.safety import clean_optional

RUBRIC_MAX = 2_000
DRAFTS_KEPT = timedelta(days=7)
TIDIED_EVERY = timedelta(hours=6)
LISTED = 25
_SPARE_TOKENS = 400
"""For the shape that the question gets, and what was wrong with a first answer; what came before may give way."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class CritiqueService(CritiqueDesk):
    """All that can be done with critiques; made once, it has drafts read in the line too.

    Everything is checked here; what may not be raises one of bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(READ, PartReading(self))
        self.queue.register(WEIGH, Weighing(self))
        self.queue.register(CORRECT, Correcting(self))

    async def check_may_ask(self, member: Member, channel: Channel) -> int:
        """Return what a critique costs; raise `NotAllowed` in a channel of people only, or for too few credits."""
        await self.check_ai(channel)
        return await self.readers.check_ai_price(member)

    async def critique(self, member: Member, channel: Channel, reply: ReplyPlace, text: str, wish: Wish) -> Job:
        """Ask for a critique of a draft; the draft is kept for `DRAFTS_KEPT`."""
        price = await self.check_may_ask(member, channel)
        text, wish = check_draft(text), checked_wish(wish)
        ends = await self._parts(member, wish, text)
        async with self.database.transaction():
            draft_id = await self.store.keep_draft(member.server_id, member.id, text, self.clock())
            ask = Ask(draft_id, wish, Asker.at(member, channel), ends, price=price)
            return await self._submit(member, reply, ask)

    async def again(self, member: Member, channel: Channel, reply: ReplyPlace, critique_id: int, mode: Mode) -> Job:
        """Ask for another critique of a draft that is kept still, in another mode."""
        before = await self.of(member, critique_id)
        price = await self.check_may_ask(member, channel)
        text = await self.store.draft(before.draft_id) if before.draft_id is not None else None
        if text is None or before.draft_id is None:
            raise NotFound("critique.draft_gone")
        wish = replace(before.wish, mode=mode)
        ends = await self._parts(member, wish, text)
        ask = Ask(before.draft_id, wish, Asker.at(member, channel), ends, price=price)
        return await self._submit(member, reply, ask)

    async def of(self, member: Member, critique_id: int) -> Critique:
        """Return a member's own critique; that of anyone else is not there for her."""
        critique = await self.store.get(critique_id)
        if critique is None or (critique.member_id, critique.server_id) != (member.id, member.server_id):
            raise NotFound("critique.not_found")
        return critique

    async def shareable(self, member: Member, channel: Channel, critique_id: int) -> Critique:
        """Return a member's own critique for being shown to a channel, which must not belong to people only."""
        await self.check_ai(channel)
        return await self.of(member, critique_id)

    async def of_job(self, job: Job) -> Critique:
        """Return what a finished job came to; raise `NotFound` where it is not there any more."""
        critique = await self.store.get((job.result or {})["critique_id"])
        if critique is None:
            raise NotFound("critique.not_found")
        return critique

    async def mine(self, member: Member) -> Sequence[Critique]:
        """List a member's critiques without their notes, the newest first."""
        return await self.store.of_member(member.server_id, member.id, LISTED)

    async def delete(self, member: Member, critique_id: int) -> None:
        """Take a member's critique away, with the draft and the request for it."""
        critique = await self.of(member, critique_id)
        async with self.database.transaction():
            await self.store.delete(critique.id)
            await self.queue.drop(critique.job_id)

    async def passage_text(self, member: Member, passage_id: int) -> str:
        """Return a passage of the member's own or of the AI; raise `NotAllowed` for that of another."""
        passage = await self.stories.passage(member, passage_id)
        if passage.removed:
            raise NotAllowed("stories.was_removed")
        check_own(member, None if passage.by_ai else passage.author_id, passage.author_name)
        return passage.text

    async def change_rubric(self, member: Member, text: str) -> str:
        """Replace what the server wishes for its critiques, and return it; an empty text goes back to Salon's own."""
        if not member.is_admin:
            raise NotAllowed("critique.only_admins")
        rubric = clean_optional(text)
        if len(rubric) > RUBRIC_MAX:
            raise BadInput("critique.long_rubric", limit=RUBRIC_MAX, length=len(rubric))
        if rubric:
            await self.store.put_rubric(member.server_id, rubric, member.id)
        else:
            await self.store.drop_rubric(member.server_id)
        return await self.rubric(member.server_id)

    async def stay_tidy(self, sleep: Sleep = asyncio.sleep) -> None:
        """Drop drafts that have been kept long enough, now and every few hours, until cancelled."""
        while True:
            with suppress(Unavailable):
                await self.tidy()
            await sleep(TIDIED_EVERY.total_seconds())

    async def tidy(self) -> None:
        """Drop the drafts that have been kept long enough."""
        await self.store.drop_drafts(self.clock() - DRAFTS_KEPT)

    async def _parts(self, member: Member, wish: Wish, text: str) -> tuple[int, ...]:
        """Say where the parts of a draft end that the model's window holds beside the question and the answer."""
        window, empty = self.engine.card.window_tokens, Ask(0, wish, Asker(member.name, None), (0,))
        if wish.mode is Mode.LINE:  # the answer is as long as the part, with some room
            around = await self.engine.layout(
                line_request("count", empty, await self.own_rubric(member.server_id), "", 0)
            )
            return await parts_of(self.engine, text, (window - around.tokens) // 4)
        around = await self.engine.layout(part_request("count", empty, await self.rubric(member.server_id), "", 0))
        return await parts_of(self.engine, text, window - ANSWER_TOKENS - around.tokens - _SPARE_TOKENS)

    async def _submit(self, member: Member, reply: ReplyPlace, ask: Ask) -> Job:
        return await self.queue.submit(
            NewJob(
                kind=CORRECT if ask.wish.mode is Mode.LINE else READ,
                server_id=member.server_id,
                member_id=member.id,
                reply=reply,
                asked=ask.told,
                weight=await self.roles.weight_of(member),
            )
        )
