"""The table of stories' casts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.cast.entry import CastEntry, CastKind, NewEntry
from bot.cast.rules import name_key
from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.stories.story import Story

_COLUMNS = "id, story_id, kind, name, traits, added_by, added_at, picture IS NOT NULL AS has_picture"
_WHOSE = "added_by = ?1 AND (?2 IS NULL OR server_id = ?2)"


class CastStore:
    """Reads and writes the entries of cast books; pictures are read one by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_story(self, story_id: int) -> list[CastEntry]:
        """List a story's cast by name, people first."""
        rows = await self._database.fetch_all(
            f"SELECT {_COLUMNS} FROM cast_entries WHERE story_id = ? ORDER BY kind, name_key", (story_id,)
        )
        return [_entry(row) for row in rows]

    async def get(self, story_id: int, name: str) -> CastEntry | None:
        """Return an entry by its name in any case, or None."""
        row = await self._database.fetch_one(
            f"SELECT {_COLUMNS} FROM cast_entries WHERE story_id = ? AND name_key = ?", (story_id, name_key(name))
        )
        return _entry(row) if row else None

    async def picture(self, entry_id: int) -> bytes | None:
        """Return an entry's encoded picture, or None."""
        row = await self._database.fetch_one("SELECT picture FROM cast_entries WHERE id = ?", (entry_id,))
        return row["picture"] if row else None

    async def append(self, story: Story, new: NewEntry, added_by: int, at: datetime) -> CastEntry:
        """Add an entry to a story's cast."""
        await self._database.execute(
            "INSERT INTO cast_entries (story_id, server_id, kind, name, name_key, traits, added_by, added_at, picture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (story.id, story.server_id, new.kind, new.name, name_key(new.name), new.traits, added_by, to_ms(at),
             new.picture),
        )  # fmt: skip
        return await self._known(story.id, new.name)

    async def rewrite(self, entry: CastEntry) -> CastEntry:
        """Replace an entry's kind, name and traits."""
        await self._database.execute(
            "UPDATE cast_entries SET kind = ?, name = ?, name_key = ?, traits = ? WHERE id = ?",
            (entry.kind, entry.name, name_key(entry.name), entry.traits, entry.id),
        )
        return await self._known(entry.story_id, entry.name)

    async def set_picture(self, entry: CastEntry, picture: bytes | None) -> CastEntry:
        """Give an entry another picture, or none."""
        await self._database.execute("UPDATE cast_entries SET picture = ? WHERE id = ?", (picture, entry.id))
        return await self._known(entry.story_id, entry.name)

    async def delete(self, entry_id: int) -> None:
        """Take an entry out of the cast."""
        await self._database.execute("DELETE FROM cast_entries WHERE id = ?", (entry_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop what a member added: the words and pictures are theirs."""
        await self._database.execute(f"DELETE FROM cast_entries WHERE {_WHOSE}", (member_id, server_id))

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member added to casts; of pictures, how large they are: `/cast list` shows them."""
        rows = await self._database.fetch_all(
            "SELECT story_id, server_id, kind, name, traits, added_at, length(picture) AS picture_bytes"
            f" FROM cast_entries WHERE {_WHOSE} ORDER BY id",
            (member_id, server_id),
        )
        return {"cast_entries": [dict(row) | {"added_at": from_ms(row["added_at"]).isoformat()} for row in rows]}

    async def _known(self, story_id: int, name: str) -> CastEntry:
        entry = await self.get(story_id, name)
        assert entry is not None
        return entry


def _entry(row: sqlite3.Row) -> CastEntry:
    told = {
        "kind": CastKind(row["kind"]),
        "added_at": from_ms(row["added_at"]),
        "has_picture": bool(row["has_picture"]),
    }
    return CastEntry(**dict(row) | told)
