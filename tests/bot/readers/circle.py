"""A circle of readers: the line of one server, its ledger, and a clock that stands until it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.credits.service import CreditService
from bot.credits.store import CreditStore
from bot.database import Database
from bot.people import Member
from bot.readers.draft import Draft, NewDraft, Taking
from bot.readers.service import ReaderService
from bot.readers.store import ReaderStore
from tests.bot.stories.making import CHANNEL, NOON

DRAFT = "The lamp was dark, and nobody came."
CRITIQUE = "The lamp moved me. " * 40  # 160 words


class Circle:
    """People who read each other."""

    def __init__(self, database: Database) -> None:
        self.now = NOON
        self.database = database
        self.store = ReaderStore(database)
        self.ledger_store = CreditStore(database)
        self.ledger = CreditService(database, self.ledger_store, self._clock)
        self.readers = ReaderService(database, self.store, self.ledger, self._clock)

    async def offered(self, author: Member, title: str = "The Lighthouse", **values: Any) -> Draft:
        """Offer a draft in the usual channel."""
        channel = values.pop("channel", CHANNEL)
        return await self.readers.offer(author, channel, NewDraft(title, **{"text": DRAFT, **values}))

    async def taken(self, reader: Member, draft_id: int | None = None) -> Taking:
        """Take a draft in the usual channel."""
        return await self.readers.take(reader, CHANNEL, draft_id)

    async def line(self) -> list[str]:
        """Return the titles that wait."""
        return [draft.title for draft in await self.readers.line(CHANNEL)]

    async def has(self, member: Member) -> int:
        """Return a member's credits."""
        return await self.ledger.balance(member.server_id, member.id)

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def _clock(self) -> datetime:
        return self.now
