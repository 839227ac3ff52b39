"""The table of a server's own styles."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.database import Database
from bot.stories.story import Length
from bot.styles.rules import name_key
from bot.styles.style import Style

_FIELDS = [field.name for field in fields(Style) if field.name != "builtin"]
_COLUMNS = ", ".join(_FIELDS)


class StyleStore:
    """Reads and writes the styles that servers made themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def in_server(self, server_id: int) -> list[Style]:
        """List a server's own styles by name."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} FROM styles WHERE server_id = ? ORDER BY name_key", (server_id,)
        )
        return [_style(row) for row in rows]

    async def get(self, server_id: int, name: str) -> Style | None:
        """Return a server's own style by its name in any case, or None."""
        row = await self._database.fetch_one(
            f"SELECT {_COLUMNS} FROM styles WHERE server_id = ? AND name_key = ?", (server_id, name_key(name))
        )
        return _style(row) if row else None

    async def put(self, server_id: int, style: Style, changed_by: int) -> None:
        """Write a style, in place of one of the same name if there is one."""
        values = [getattr(style, field) for field in _FIELDS]
        marks = ", ".join("?" * (len(values) + 3))
        await self._database.execute(
            f"INSERT OR REPLACE INTO styles (server_id, name_key, changed_by, {_COLUMNS}) VALUES ({marks})",
            (server_id, name_key(style.name), changed_by, *values),
        )

    async def delete(self, server_id: int, name: str) -> None:
        """Delete a server's own style."""
        await self._database.execute(
            "DELETE FROM styles WHERE server_id = ? AND name_key = ?", (server_id, name_key(name))
        )

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a style; the style is the server's and stays."""
        await self._database.execute(
            "UPDATE styles SET changed_by = NULL WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which styles a member was the last to change."""
        rows = await self._database.fetch_all(
            f"SELECT server_id, {_COLUMNS} FROM styles WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )
        return {"styles_changed": [dict(row) for row in rows]}


def _style(row: sqlite3.Row) -> Style:
    return Style(**dict(row) | {"length": Length(row["length"])})
