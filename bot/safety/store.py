"""The tables of the servers' lists of words and phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.database import Database

PHRASES = "phrase_lists"
"""The table of what the AI never says."""


class WordStore:
    """Reads and writes one kind of lists, a list a server: the words that no prompt may have, or `PHRASES`."""

    def __init__(self, database: Database, table: str = "word_lists") -> None:
        self._database = database
        self._table = table

    async def in_server(self, server_id: int) -> tuple[str, ...]:
        """List a server's words as they were written."""
        row = await self._database.fetch_one(f"SELECT words FROM {self._table} WHERE server_id = ?", (server_id,))
        return tuple(row["words"].split("\n")) if row else ()

    async def put(self, server_id: int, words: Sequence[str], changed_by: int) -> None:
        """Replace a server's list."""
        await self._database.execute(
            f"INSERT OR REPLACE INTO {self._table} (server_id, words, changed_by) VALUES (?, ?, ?)",
            (server_id, "\n".join(words), changed_by),
        )

    async def delete(self, server_id: int) -> None:
        """Take a server's list away."""
        await self._database.execute(f"DELETE FROM {self._table} WHERE server_id = ?", (server_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a list; the list is the server's and stays."""
        await self._database.execute(
            f"UPDATE {self._table} SET changed_by = NULL WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which servers' lists a member was the last to change."""
        rows = await self._database.fetch_all(
            f"SELECT server_id, words FROM {self._table} WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )
        return {f"{self._table}_changed": [dict(row) for row in rows]}
