"""Drafts that wait for human readers: offering, taking and giving, and what an AI critique costs beside them."""

from __future__ import annotations

from bot.credits.credit import Reason
from bot.credits.service import CreditService
from bot.people import Member


class ReaderService:
    """A server's line of drafts, and its members' credits."""

    def __init__(self, ledger: CreditService) -> None:
        self.credits = ledger

    async def check_ai_price(self, member: Member) -> int:
        """Return what an AI critique costs here; raise `NotAllowed` where the member has less."""
        price = (await self.credits.prices(member.server_id)).ai
        if price:
            await self.credits.check_has(member.server_id, member.id, price, "readers.short_for_ai")
        return price

    async def charge_ai(self, server_id: int, member_id: int, job_id: int) -> None:
        """Take the price of an AI critique, once for a job; call it in the transaction that marks the job done.

        What was asked for while there was enough is paid for in full, even if that leaves a debt.
        """
        price = (await self.credits.prices(server_id)).ai
        await self.credits.pay(server_id, member_id, price, Reason.AI, job_id)
