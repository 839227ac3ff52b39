"""Drafts that wait for human readers: offering, taking, giving, and what all of it costs and earns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.credits.credit import Reason
from bot.credits.service import CreditService
from bot.database import Database
from bot.errors import NotAllowed, NotFound
from bot.people import Channel, Member
from bot.readers import rules
from bot.readers.draft import Desk, Draft, DraftOutcome, NewDraft, Taking, TakingOutcome
from bot.readers.store import ReaderStore

DESK_ENTRIES = 10


class ReaderService:
    """A server's line of drafts. Each change and what it costs or earns is one transaction."""

    def __init__(self, database: Database, store: ReaderStore, ledger: CreditService, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._clock = clock
        self.credits = ledger

    async def check_may_offer(self, member: Member) -> None:
        """Raise `NotAllowed` where a draft would be refused whatever it says, before it is written into a form."""
        price = (await self.credits.prices(member.server_id)).asking
        await self.credits.check_has(member.server_id, member.id, price, "readers.short_for_asking")
        rules.check_room(await self._store.open_drafts(member.server_id, member.id))

    async def offer(self, member: Member, channel: Channel, new: NewDraft) -> Draft:
        """Put a draft into the line and take the price for it."""
        new = rules.checked(new)
        async with self._at(member.server_id) as now:
            await self.check_may_offer(member)
            draft = await self._store.offer(member, channel, new, now)
            price = (await self.credits.prices(member.server_id)).asking
            await self.credits.pay(member.server_id, member.id, price, Reason.ASKED, draft.id)
            return draft

    async def withdraw(self, member: Member, draft_id: int) -> tuple[Draft, int]:
        """Take a draft out of the line; return it, and how many credits went back to its author."""
        async with self._at(member.server_id):
            draft = await self._draft(member, draft_id)
            rules.check_may_withdraw(member, draft, await self._store.running(draft.id))
            await self._store.end_draft(draft.id, DraftOutcome.WITHDRAWN)
            assert draft.author_id is not None, "a draft without an author is in no line"
            return draft, await self.credits.give_back(member.server_id, draft.author_id, draft.id)

    async def line(self, channel: Channel) -> list[Draft]:
        """List the drafts that wait, those first that have waited longest, as far as they may be shown there."""
        async with self._at(channel.server_id):
            return rules.seen_in(channel, await self._store.line(channel.server_id))

    async def take(self, member: Member, channel: Channel, draft_id: int | None = None) -> Taking:
        """Let a member read the draft that is named, or the next in line; what she reads already she gets again."""
        async with self._at(member.server_id) as now:
            held = await self._store.held(member.server_id, member.id)
            if held and draft_id in (None, held.draft.id):
                rules.check_may_show(channel, held.draft)
                return held
            if held:
                raise NotAllowed("readers.holds_another", title=held.draft.title)
            draft = await self._next(member, channel) if draft_id is None else await self._named(channel, draft_id)
            rules.check_may_take(member, draft)
            hours = (await self.credits.prices(member.server_id)).hours
            return await self._store.take(draft, member, now, now + timedelta(hours=hours))

    async def held(self, member: Member, taking_id: int | None = None) -> Taking:
        """Return what a member is reading; raise `NotFound` where that is nothing, or another draft than the named."""
        async with self._at(member.server_id):
            return await self._held(member, taking_id)

    async def text(self, member: Member, draft: Draft) -> str:
        """Return a draft's text for its author, or for who is reading it."""
        held = await self._store.held(member.server_id, member.id)
        if member.id != draft.author_id and not (held and held.draft.id == draft.id):
            raise NotAllowed("readers.not_your_draft")
        text = await self._store.text(draft.id)
        if not text:
            raise NotFound("readers.text_gone")
        return text

    async def release(self, member: Member, taking_id: int) -> Taking:
        """Put back what a member is reading; it stands where it stood in line."""
        async with self._at(member.server_id) as now:
            held = await self._held(member, taking_id)
            await self._store.end_taking(held.id, TakingOutcome.RELEASED, now)
            return held

    async def give(self, member: Member, text: str, taking_id: int | None = None) -> Taking:
        """Give the critique of what a member is reading, and earn what that earns."""
        async with self._at(member.server_id) as now:
            held = await self._held(member, taking_id)
            prices = await self.credits.prices(member.server_id)
            critique = rules.checked_critique(text, prices.words)
            await self._store.end_taking(held.id, TakingOutcome.GIVEN, now, critique)
            await self._store.end_draft(held.draft.id, DraftOutcome.CRITIQUED)
            await self.credits.earn(member.server_id, member.id, prices.giving, Reason.GIVEN, held.id)
            return await self._taking(member, held.id)

    async def critique(self, member: Member, taking_id: int) -> Taking:
        """Return a critique for its draft's author and its reader, or for everyone if it was offered so."""
        taking = await self._taking(member, taking_id)
        if taking.outcome is not TakingOutcome.GIVEN:
            raise NotFound("readers.no_critique")
        rules.check_may_read(member, taking)
        return taking

    async def thank(self, member: Member, taking_id: int) -> Taking:
        """Mark a critique as helpful, once, by the draft's author; its reader earns what that earns."""
        async with self._at(member.server_id) as now:
            taking = await self.critique(member, taking_id)
            rules.check_may_thank(member, taking)
            await self._store.thank(taking.id, now)
            if taking.reader_id is not None:
                bonus = (await self.credits.prices(member.server_id)).helpful
                await self.credits.earn(member.server_id, taking.reader_id, bonus, Reason.HELPFUL, taking.id)
            return await self._taking(member, taking_id)

    async def desk(self, member: Member) -> Desk:
        """Return all that is a member's own."""
        server_id = member.server_id
        async with self._at(server_id):
            drafts = await self._store.of_author(server_id, member.id, DESK_ENTRIES)
            return Desk(
                await self.credits.prices(server_id),
                await self.credits.balance(server_id, member.id),
                await self.credits.latest(member, DESK_ENTRIES),
                drafts,
                await self._store.on_drafts([draft.id for draft in drafts]),
                await self._store.held(server_id, member.id),
                await self._store.given_by(server_id, member.id, DESK_ENTRIES),
            )

    async def untold(self) -> Sequence[Taking]:
        """List the critiques of which their drafts' authors are still to be told."""
        return await self._store.untold()

    async def mark_told(self, taking: Taking) -> None:
        """Note that an author was told."""
        await self._store.mark_told(taking.id, self._clock())

    async def check_ai_price(self, member: Member) -> int:
        """Return what an AI critique costs here; raise `NotAllowed` where the member has less."""
        price = (await self.credits.prices(member.server_id)).ai
        await self.credits.check_has(member.server_id, member.id, price, "readers.short_for_ai")
        return price

    async def charge_ai(self, server_id: int, member_id: int, price: int, job_id: int) -> None:
        """Take what an AI critique cost when it was asked for, once for a job, in the transaction that marks it done.

        What was asked for while there was enough is paid for in full, even if that leaves a debt.
        """
        await self.credits.pay(server_id, member_id, price, Reason.AI, job_id)

    @asynccontextmanager
    async def _at(self, server_id: int) -> AsyncIterator[datetime]:
        """Open a transaction in which nobody holds a draft for longer than agreed; yield the time."""
        async with self._database.transaction():
            now = self._clock()
            await self._store.expire(server_id, now)
            yield now

    async def _next(self, member: Member, channel: Channel) -> Draft:
        tried = await self._store.tried(member.server_id, member.id)
        draft = rules.next_for(member, await self.line(channel), tried)
        if draft is None:
            raise NotFound("readers.nothing_waits")
        return draft

    async def _named(self, channel: Channel, draft_id: int) -> Draft:
        draft = next((draft for draft in await self.line(channel) if draft.id == draft_id), None)
        if draft is None:
            raise NotFound("readers.does_not_wait")
        return draft

    async def _draft(self, member: Member, draft_id: int) -> Draft:
        draft = await self._store.draft(member.server_id, draft_id)
        if draft is None:
            raise NotFound("readers.unknown_draft")
        return draft

    async def _taking(self, member: Member, taking_id: int) -> Taking:
        taking = await self._store.taking(member.server_id, taking_id)
        if taking is None:
            raise NotFound("readers.no_critique")
        return taking

    async def _held(self, member: Member, taking_id: int | None = None) -> Taking:
        held = await self._store.held(member.server_id, member.id)
        if held is None and taking_id is None:
            raise NotFound("readers.reads_nothing")
        if held is None or taking_id not in (None, held.id):
            raise NotFound("readers.holds_nothing")
        return held
