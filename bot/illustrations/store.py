"""The table of the pictures in stories."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.illustrations.picture import NewStoryPicture, StoryPicture
from bot.people import Member

# A work's is the work's own, as its maker may have it described after it came into the story.
_ALT = "coalesce((SELECT works.alt FROM works WHERE works.id = work_id), alt) AS alt"
_COLUMNS = ", ".join(_ALT if field.name == "alt" else field.name for field in fields(StoryPicture))
_WHOSE = "added_by = ?1 AND (?2 IS NULL OR server_id = ?2)"


class StoryPictureStore:
    """Reads and writes which pictures stand beside which passages; uploads are read one by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self, new: NewStoryPicture, story_id: int, passage_id: int, by: Member, at: datetime
    ) -> StoryPicture:
        """Put a picture beside a passage, below those that are there."""
        values = {
            "server_id": by.server_id, "story_id": story_id, "passage_id": passage_id, "added_by": by.id,
            "added_by_name": by.name, "added_at": to_ms(at), **asdict(new),
        }  # fmt: skip
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        picture_id = await self._database.execute(
            f"INSERT INTO story_pictures ({names}) VALUES ({marks})", list(values.values())
        )
        picture = await self.get(picture_id)
        assert picture is not None
        return picture

    async def get(self, picture_id: int) -> StoryPicture | None:
        """Return a picture, or None."""
        return next(iter(await self._pictures("id = ?", picture_id)), None)

    async def of_work(self, passage_id: int, work_id: int) -> StoryPicture | None:
        """Return the picture of a work beside a passage, or None."""
        return next(iter(await self._pictures("passage_id = ? AND work_id = ?", passage_id, work_id)), None)

    async def of_story(self, story_id: int) -> list[StoryPicture]:
        """List a story's pictures in all its branches, oldest first."""
        return await self._pictures("story_id = ? ORDER BY id", story_id)

    async def is_anywhere(self, work_id: int) -> bool:
        """Say whether a work stands in any story."""
        return bool(await self._pictures("work_id = ? LIMIT 1", work_id))

    async def upload(self, picture_id: int) -> bytes | None:
        """Return the file of an upload, or None."""
        row = await self._database.fetch_one("SELECT upload FROM story_pictures WHERE id = ?", (picture_id,))
        return row["upload"] if row else None

    async def delete(self, picture_id: int) -> None:
        """Take a picture out of its story."""
        await self._database.execute("DELETE FROM story_pictures WHERE id = ?", (picture_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop what a member brought, and her name from the works that she put into stories."""
        whose = (member_id, server_id)
        await self._database.execute(f"DELETE FROM story_pictures WHERE upload IS NOT NULL AND {_WHOSE}", whose)
        await self._database.execute(
            f"UPDATE story_pictures SET added_by = NULL, added_by_name = '' WHERE {_WHOSE}", whose
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which pictures a member put into stories; of uploads, how large they are: `/story export` has them."""
        rows = await self._database.fetch_all(
            f"SELECT story_id, passage_id, server_id, work_id, {_ALT}, length(upload) AS upload_bytes, added_at"
            f" FROM story_pictures WHERE {_WHOSE} ORDER BY id",
            (member_id, server_id),
        )
        return {"story_pictures": [dict(row) | {"added_at": from_ms(row["added_at"]).isoformat()} for row in rows]}

    async def _pictures(self, where: str, *values: int) -> list[StoryPicture]:
        rows = await self._database.fetch_all(f"SELECT {_COLUMNS} FROM story_pictures WHERE {where}", values)
        return [_picture(row) for row in rows]


def _picture(row: sqlite3.Row) -> StoryPicture:
    told = {"is_spoiler": bool(row["is_spoiler"]), "added_at": from_ms(row["added_at"])}
    return StoryPicture(**dict(row) | told)
