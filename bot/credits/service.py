"""What members have, earn and pay, and who says how much.

Earning and paying belong into the transaction of what they are for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.credits.credit import BOUNDS, Entry, Prices, Reason
from bot.credits.store import CreditStore
from bot.database import Database
from bot.errors import BadInput, NotAllowed
from bot.people import Member


class CreditService:
    """The members' credits, each server's apart from the others'."""

    def __init__(self, database: Database, store: CreditStore, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._clock = clock

    async def prices(self, server_id: int) -> Prices:
        """Return what holds in a server."""
        return await self._store.prices(server_id)

    async def change_prices(self, member: Member, changes: Mapping[str, int]) -> Prices:
        """Change those prices that are named, from the next request on. Admins only."""
        if not member.is_admin:
            raise NotAllowed("credits.only_admins")
        for name, value in changes.items():
            least, most = BOUNDS[name]
            if not least <= value <= most:
                raise BadInput("credits.out_of_bounds", least=least, most=most)
        async with self._database.transaction():
            prices = replace(await self._store.prices(member.server_id), **changes)
            await self._store.put_prices(member.server_id, prices, member.id)
        return prices

    async def balance(self, server_id: int, member_id: int) -> int:
        """Return what a member has; a newcomer has what everyone starts with."""
        balance = await self._store.balance(server_id, member_id)
        return (await self._store.prices(server_id)).start if balance is None else balance

    async def latest(self, member: Member, limit: int) -> Sequence[Entry]:
        """List where a member's credits came from and went, the newest first."""
        return await self._store.latest(member.server_id, member.id, limit)

    async def check_has(self, server_id: int, member_id: int, price: int, key: str) -> None:
        """Raise `NotAllowed` with the sentence `key` where a price is more than a member has."""
        balance = await self.balance(server_id, member_id)
        if price > max(balance, 0):  # what is free is free to who has debts too
            raise NotAllowed(key, price=price, balance=balance)

    async def pay(self, server_id: int, member_id: int, price: int, reason: Reason, subject: int) -> None:
        """Take a price from a member, once for a subject."""
        await self._append(server_id, member_id, -price, reason, subject)

    async def earn(self, server_id: int, member_id: int, amount: int, reason: Reason, subject: int) -> None:
        """Give credits to a member, once for a subject."""
        await self._append(server_id, member_id, amount, reason, subject)

    async def give_back(self, server_id: int, member_id: int, draft_id: int) -> int:
        """Return to a member what she paid for a draft, and how much that was."""
        price = -await self._store.amount(server_id, member_id, Reason.ASKED, draft_id)
        await self._append(server_id, member_id, price, Reason.WITHDRAWN, draft_id)
        return price

    async def _append(self, server_id: int, member_id: int, amount: int, reason: Reason, subject: int) -> None:
        """Add an entry, after that of the start if it is the first; not for nothing, and not twice."""
        async with self._database.transaction():
            if amount == 0 or await self._store.amount(server_id, member_id, reason, subject):
                return
            now = self._clock()
            start = (await self._store.prices(server_id)).start
            if await self._store.balance(server_id, member_id) is None:
                await self._store.append(server_id, member_id, start, Reason.START, 0, now)
            await self._store.append(server_id, member_id, amount, reason, subject, now)
