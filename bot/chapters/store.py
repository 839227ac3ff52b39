"""The tables of chapters and summaries."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.chapters.chapter import Chapter, KeptSummary, Level, NewSummary
from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.stories.story import Story

_CHAPTER = ", ".join(field.name for field in fields(Chapter))
_SUMMARY = ", ".join(field.name for field in fields(KeptSummary))
_IN_SERVER = "(?2 IS NULL OR server_id = ?2)"

# Whose words are in a summary is not known, so all that tell any of a member's passages go; and with a summary that she
# wrote, what repeats it and what the AI made of it.
_FORGET = (
    "DELETE FROM summaries WHERE EXISTS (SELECT 1 FROM passages p WHERE p.story_id = summaries.story_id"
    f" AND p.author_id = ?1 AND p.id BETWEEN summaries.first_id AND summaries.last_id) AND {_IN_SERVER}",
    f"DELETE FROM summaries WHERE {_IN_SERVER} AND EXISTS (SELECT 1 FROM summaries hers"
    " WHERE hers.written_by = ?1 AND hers.story_id = summaries.story_id AND (hers.text = summaries.text"
    " OR summaries.written_by IS NULL AND summaries.level <> 'scene'"
    " AND hers.first_id >= summaries.first_id AND hers.last_id <= summaries.last_id))",
    f"UPDATE chapters SET begun_by = NULL WHERE begun_by = ?1 AND {_IN_SERVER}",
)


class ChapterStore:
    """Reads and writes chapters, and summaries with all their versions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chapters(self, story_id: int) -> list[Chapter]:
        """List a story's chapters of all branches, in the order in which they were begun."""
        rows = await self._database.fetch_all(
            f"SELECT {_CHAPTER} FROM chapters WHERE story_id = ? ORDER BY id", (story_id,)
        )
        return [Chapter(**dict(row)) for row in rows]

    async def begin(self, story: Story, title: str, by: int, at: datetime) -> None:
        """Begin a chapter where a story stands; one that begins there already gets the new title."""
        await self._database.execute(
            "INSERT INTO chapters (story_id, server_id, title, after_id, begun_by, begun_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (story_id, coalesce(after_id, 0)) DO UPDATE SET title = excluded.title,"
            " begun_by = excluded.begun_by",
            (story.id, story.server_id, title, story.tip_id, by, to_ms(at)),
        )

    async def summaries(self, story_id: int) -> list[KeptSummary]:
        """List a story's summaries with all their versions, the oldest first."""
        return await self._summaries("story_id = ? ORDER BY id", story_id)

    async def summary(self, summary_id: int) -> KeptSummary | None:
        """Return a version of a summary, or None."""
        found = await self._summaries("id = ?", summary_id)
        return found[0] if found else None

    async def versions(self, one: KeptSummary) -> list[KeptSummary]:
        """List all versions of a summary, the oldest first."""
        where = "story_id = ? AND level = ? AND first_id = ? AND last_id = ? ORDER BY id"
        return await self._summaries(where, one.story_id, one.level, one.first_id, one.last_id)

    async def append(self, story: Story, new: NewSummary, at: datetime) -> int:
        """Keep a summary as the newest of its passages; return its id."""
        return await self._database.execute(
            "INSERT INTO summaries (story_id, server_id, level, first_id, last_id, fingerprint, text, model,"
            " written_by, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (story.id, story.server_id, new.level, new.first_id, new.last_id, new.fingerprint, new.text, new.model,
             new.written_by, to_ms(at)),
        )  # fmt: skip

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop what tells a member's passages and what she wrote herself; called while her passages are still hers."""
        for statement in _FORGET:
            await self._database.execute(statement, (member_id, server_id))

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which chapters a member began and what summaries she wrote."""
        whose = (member_id, server_id)
        begun = await self._database.fetch_all(
            f"SELECT story_id, server_id, title, after_id, begun_at FROM chapters WHERE begun_by = ?1 AND {_IN_SERVER}"
            " ORDER BY id",
            whose,
        )
        written = await self._database.fetch_all(
            "SELECT story_id, server_id, level, first_id, last_id, text, written_at FROM summaries"
            f" WHERE written_by = ?1 AND {_IN_SERVER} ORDER BY id",
            whose,
        )
        return {
            "chapters_begun": [dict(row) | {"begun_at": from_ms(row["begun_at"]).isoformat()} for row in begun],
            "summaries_written": [
                dict(row) | {"written_at": from_ms(row["written_at"]).isoformat()} for row in written
            ],
        }

    async def _summaries(self, where: str, *values: object) -> list[KeptSummary]:
        rows = await self._database.fetch_all(f"SELECT {_SUMMARY} FROM summaries WHERE {where}", values)
        return [_summary(row) for row in rows]


def _summary(row: sqlite3.Row) -> KeptSummary:
    return KeptSummary(**dict(row) | {"level": Level(row["level"]), "written_at": from_ms(row["written_at"])})
