"""The table of the servers' word lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.database import Database


class WordStore:
    """Reads and writes which words a server wants in no prompt."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def in_server(self, server_id: int) -> tuple[str, ...]:
        """List a server's words as they were written."""
        row = await self._database.fetch_one("SELECT words FROM word_lists WHERE server_id = ?", (server_id,))
        return tuple(row["words"].split("\n")) if row else ()

    async def put(self, server_id: int, words: Sequence[str], changed_by: int) -> None:
        """Replace a server's list."""
        await self._database.execute(
            "INSERT OR REPLACE INTO word_lists (server_id, words, changed_by) VALUES (?, ?, ?)",
            (server_id, "\n".join(words), changed_by),
        )

    async def delete(self, server_id: int) -> None:
        """Take a server's list away."""
        await self._database.execute("DELETE FROM word_lists WHERE server_id = ?", (server_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a list; the list is the server's and stays."""
        await self._database.execute(
            "UPDATE word_lists SET changed_by = NULL WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which servers' lists a member was the last to change."""
        rows = await self._database.fetch_all(
            "SELECT server_id, words FROM word_lists WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )
        return {"word_lists_changed": [dict(row) for row in rows]}
