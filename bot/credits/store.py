"""The tables of credits: the ledger, to which entries are only added, and the servers' prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from bot.clock import from_ms, to_ms
from bot.credits.credit import Entry, Prices, Reason
from bot.database import Database

_PRICES = [field.name for field in fields(Prices)]
_OF_MEMBER = "member_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
_CHANGED_BY = "changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)"


class CreditStore:
    """Reads and writes entries and prices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self, server_id: int, member_id: int, amount: int, reason: Reason, subject: int, at: datetime
    ) -> None:
        """Add an entry; the table refuses a second one for the same, and a price that is not there."""
        await self._database.execute(
            "INSERT INTO credits (server_id, member_id, amount, balance, reason, subject, at)"
            " SELECT ?1, ?2, ?3, ?3 + coalesce(sum(amount), 0), ?4, ?5, ?6"
            " FROM credits WHERE server_id = ?1 AND member_id = ?2",
            (server_id, member_id, amount, reason, subject, to_ms(at)),
        )

    async def balance(self, server_id: int, member_id: int) -> int | None:
        """Return what a member has; None before her first entry."""
        row = await self._database.fetch_one(
            "SELECT sum(amount) AS balance FROM credits WHERE server_id = ? AND member_id = ?", (server_id, member_id)
        )
        return row["balance"] if row else None

    async def amount(self, server_id: int, member_id: int, reason: Reason, subject: int) -> int:
        """Return the amount of an entry; 0 where there is none."""
        row = await self._database.fetch_one(
            "SELECT amount FROM credits WHERE server_id = ? AND member_id = ? AND reason = ? AND subject = ?",
            (server_id, member_id, reason, subject),
        )
        return row["amount"] if row else 0

    async def latest(self, server_id: int, member_id: int, limit: int) -> list[Entry]:
        """List a member's newest entries, the newest first."""
        rows = await self._database.fetch_all(
            "SELECT amount, balance, reason, subject, at FROM credits WHERE server_id = ? AND member_id = ?"
            " ORDER BY id DESC LIMIT ?",
            (server_id, member_id, limit),
        )
        return [Entry(**dict(row) | {"reason": Reason(row["reason"]), "at": from_ms(row["at"])}) for row in rows]

    async def prices(self, server_id: int) -> Prices:
        """Return what holds in a server: its own prices, or the defaults."""
        row = await self._database.fetch_one(
            f"SELECT {', '.join(_PRICES)} FROM credit_prices WHERE server_id = ?", (server_id,)
        )
        return Prices(**dict(row)) if row else Prices()

    async def put_prices(self, server_id: int, prices: Prices, changed_by: int) -> None:
        """Write a server's prices."""
        marks = ", ".join("?" * (len(_PRICES) + 2))
        await self._database.execute(
            f"INSERT OR REPLACE INTO credit_prices (server_id, changed_by, {', '.join(_PRICES)}) VALUES ({marks})",
            (server_id, changed_by, *asdict(prices).values()),
        )

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop a member's credits, and that she changed prices; those are the server's and stay."""
        await self._database.execute(f"DELETE FROM credits WHERE {_OF_MEMBER}", (member_id, server_id))
        await self._database.execute(
            f"UPDATE credit_prices SET changed_by = NULL WHERE {_CHANGED_BY}", (member_id, server_id)
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell a member's entries, and which servers' prices she was the last to change."""
        entries = await self._database.fetch_all(
            f"SELECT server_id, amount, balance, reason, subject, at FROM credits WHERE {_OF_MEMBER} ORDER BY id",
            (member_id, server_id),
        )
        changed = await self._database.fetch_all(
            f"SELECT server_id, {', '.join(_PRICES)} FROM credit_prices WHERE {_CHANGED_BY}", (member_id, server_id)
        )
        return {
            "credits": [dict(row) | {"at": from_ms(row["at"]).isoformat()} for row in entries],
            "credit_prices_changed": [dict(row) for row in changed],
        }
