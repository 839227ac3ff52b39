"""The tables of a server's own styles: one of writing styles, one of picture styles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar

from bot.database import Database
from bot.stories.story import Length
from bot.styles.picture_style import PictureStyle
from bot.styles.rules import name_key
from bot.styles.style import Style
from models.requests import Shape

S = TypeVar("S", bound=Style | PictureStyle)

_OF_MEMBER = "changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)"
_NOT_STORED = ("builtin", "pipeline")


class StyleTable(Generic[S]):
    """One kind of styles that servers made themselves."""

    def __init__(self, database: Database, name: str, kind: type[S], read: Callable[[sqlite3.Row], S]) -> None:
        self._database = database
        self._name = name
        self._fields = [field.name for field in fields(kind) if field.name not in _NOT_STORED]
        self._columns = ", ".join(self._fields)
        self._read = read

    async def in_server(self, server_id: int) -> list[S]:
        """List a server's own styles by name."""
        rows = await self._database.fetch_all(
            f"SELECT {self._columns} FROM {self._name} WHERE server_id = ? ORDER BY name_key", (server_id,)
        )
        return [self._read(row) for row in rows]

    async def get(self, server_id: int, name: str) -> S | None:
        """Return a server's own style by its name in any case, or None."""
        row = await self._database.fetch_one(
            f"SELECT {self._columns} FROM {self._name} WHERE server_id = ? AND name_key = ?",
            (server_id, name_key(name)),
        )
        return self._read(row) if row else None

    async def put(self, server_id: int, style: S, changed_by: int) -> None:
        """Write a style, in place of one of the same name if there is one."""
        values = [getattr(style, field) for field in self._fields]
        marks = ", ".join("?" * (len(values) + 3))
        await self._database.execute(
            f"INSERT OR REPLACE INTO {self._name} (server_id, name_key, changed_by, {self._columns}) VALUES ({marks})",
            (server_id, name_key(style.name), changed_by, *values),
        )

    async def delete(self, server_id: int, name: str) -> None:
        """Delete a server's own style."""
        await self._database.execute(
            f"DELETE FROM {self._name} WHERE server_id = ? AND name_key = ?", (server_id, name_key(name))
        )

    async def drop_changer(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a style; the style is the server's and stays."""
        await self._database.execute(
            f"UPDATE {self._name} SET changed_by = NULL WHERE {_OF_MEMBER}", (member_id, server_id)
        )

    async def changed_by(self, member_id: int, server_id: int | None) -> list[dict[str, Any]]:
        """Tell which styles a member was the last to change."""
        rows = await self._database.fetch_all(
            f"SELECT server_id, {self._columns} FROM {self._name} WHERE {_OF_MEMBER}", (member_id, server_id)
        )
        return [dict(row) for row in rows]


class StyleStore:
    """Reads and writes the styles that servers made themselves."""

    def __init__(self, database: Database) -> None:
        self.writing = StyleTable(database, "styles", Style, _style)
        self.pictures = StyleTable(database, "picture_styles", PictureStyle, _picture_style)

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a style."""
        await self.writing.drop_changer(member_id, server_id)
        await self.pictures.drop_changer(member_id, server_id)

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which styles a member was the last to change."""
        return {
            "styles_changed": await self.writing.changed_by(member_id, server_id),
            "picture_styles_changed": await self.pictures.changed_by(member_id, server_id),
        }


def _style(row: sqlite3.Row) -> Style:
    return Style(**dict(row) | {"length": Length(row["length"])})


def _picture_style(row: sqlite3.Row) -> PictureStyle:
    return PictureStyle(**dict(row) | {"shape": Shape(row["shape"]) if row["shape"] else None})
