"""The tables of works and of the pictures that members brought."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.pictures.picture import How, NewWork, Work

_NEW = ", ".join(field.name for field in fields(NewWork))
_MARKS = ", ".join(
    "(SELECT id FROM works WHERE id = ?)" if field.name == "parent_id" else "?" for field in fields(NewWork)
)
_COLUMNS = ", ".join(field.name for field in fields(Work))
_FILE = "sha256 || '.' || format"
_WHOSE = "member_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
# What a member is told of a work; `asked` says the same once more.
_TOLD = ", ".join(field.name for field in fields(Work) if field.name not in ("member_id", "asked"))


class PictureStore:
    """Reads and writes works. Everything that changes more than one row is called inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, new: NewWork, at: datetime) -> Work:
        """Keep a work; a parent that was deleted meanwhile is none."""
        work_id = await self._database.execute(
            f"INSERT INTO works ({_NEW}, made_at) VALUES ({_MARKS}, ?)", (*astuple(new), to_ms(at))
        )
        work = await self.work(work_id)
        assert work is not None
        return work

    async def work(self, work_id: int) -> Work | None:
        """Return a work, or None."""
        return next(iter(await self._works("id = ?", work_id)), None)

    async def of_job(self, job_id: int) -> list[Work]:
        """List the works of a job in the order of their seeds."""
        return await self._works("job_id = ? ORDER BY id", job_id)

    async def of_member(self, member_id: int, server_id: int, skip: int, most: int) -> list[Work]:
        """List a member's works in a server, the newest first."""
        where = "member_id = ? AND server_id = ? ORDER BY id DESC LIMIT ? OFFSET ?"
        return await self._works(where, member_id, server_id, most, skip)

    async def count_of_member(self, member_id: int, server_id: int) -> int:
        """Count a member's works in a server."""
        return await self._number(
            "SELECT count(*) FROM works WHERE member_id = ? AND server_id = ?", member_id, server_id
        )

    async def of_channel(self, channel_id: int, server_id: int, most: int) -> list[Work]:
        """List a channel's works, the newest first."""
        return await self._works(
            "channel_id = ? AND server_id = ? ORDER BY id DESC LIMIT ?", channel_id, server_id, most
        )

    async def by_sha256(self, sha256: str) -> list[Work]:
        """List the works whose file has this hash."""
        return await self._works("sha256 = ? ORDER BY id", sha256)

    async def fingerprints(self) -> list[tuple[int, str]]:
        """List what every picture looks like, by the id of its work."""
        rows = await self._database.fetch_all("SELECT id, fingerprint FROM works ORDER BY id")
        return [(row["id"], row["fingerprint"]) for row in rows]

    async def write_alt(self, work_id: int, alt: str) -> None:
        """Replace a work's alternative text."""
        await self._database.execute("UPDATE works SET alt = ? WHERE id = ?", (alt, work_id))

    async def let_show(self, work_id: int, may_show: bool) -> None:
        """Write whether a work may be shown elsewhere."""
        await self._database.execute("UPDATE works SET may_show = ? WHERE id = ?", (may_show, work_id))

    async def spare(self, work_id: int, is_spared: bool) -> None:
        """Write whether a work's file stays when others make room."""
        await self._database.execute("UPDATE works SET is_spared = ? WHERE id = ?", (is_spared, work_id))

    async def delete(self, work_id: int) -> None:
        """Delete a work's row; what was made from it stays, without a parent."""
        await self._database.execute("DELETE FROM works WHERE id = ?", (work_id,))

    async def keep_upload(self, file: str, size_bytes: int, server_id: int, member_id: int, at: datetime) -> None:
        """Keep whose a brought picture is; brought once more, it is kept from then on."""
        await self._database.execute(
            "INSERT OR REPLACE INTO picture_uploads (file, server_id, member_id, size_bytes, uploaded_at)"
            " VALUES (?, ?, ?, ?, ?)",
            (file, server_id, member_id, size_bytes, to_ms(at)),
        )

    async def drop_uploads(self, before: datetime) -> None:
        """Drop the brought pictures that are older."""
        await self._database.execute("DELETE FROM picture_uploads WHERE uploaded_at < ?", (to_ms(before),))

    async def size_bytes(self) -> int:
        """Sum up what all files take."""
        works = f"SELECT {_FILE} AS file, size_bytes FROM works WHERE has_file"
        return await self._number(
            "SELECT coalesce(sum(size_bytes), 0) FROM"
            f" (SELECT file, size_bytes FROM picture_uploads UNION SELECT file, size_bytes FROM ({works}))"
        )

    async def giving_way(self) -> list[tuple[int, str, int]]:
        """List the works whose files may make room, oldest first: id, file, bytes."""
        rows = await self._database.fetch_all(
            f"SELECT id, {_FILE} AS file, size_bytes FROM works"
            " WHERE has_file AND NOT is_spared AND NOT may_show ORDER BY id"
        )
        return [(row["id"], row["file"], row["size_bytes"]) for row in rows]

    async def drop_file(self, work_id: int) -> None:
        """Write down that a work's file made room."""
        await self._database.execute("UPDATE works SET has_file = 0 WHERE id = ?", (work_id,))

    async def files(self) -> set[str]:
        """Name every file that a row needs."""
        rows = await self._database.fetch_all(
            f"SELECT {_FILE} AS file FROM works WHERE has_file UNION SELECT file FROM picture_uploads"
        )
        return {row["file"] for row in rows}

    async def is_needed(self, file: str) -> bool:
        """Say whether a row needs this file."""
        sha256, _, format = file.partition(".")
        return bool(
            await self._number(
                "SELECT EXISTS (SELECT 1 FROM works WHERE sha256 = ?1 AND format = ?2 AND has_file)"
                " OR EXISTS (SELECT 1 FROM picture_uploads WHERE file = ?3)",
                sha256, format, file,
            )
        )  # fmt: skip

    async def files_of(self, member_id: int, server_id: int | None) -> list[tuple[str, str]]:
        """Name a member's files as she knows them and as the folder does, the newest first."""
        rows = await self._database.fetch_all(
            f"SELECT 'picture-' || id || '.' || format AS name, {_FILE} AS file FROM works WHERE has_file AND {_WHOSE}"
            " UNION ALL SELECT 'brought-' || substr(file, 1, 12) || substr(file, 65), file FROM picture_uploads"
            f" WHERE {_WHOSE} ORDER BY name DESC",
            (member_id, server_id),
        )
        return [(row["name"], row["file"]) for row in rows]

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop a member's works and what she brought; the files are the service's to remove."""
        for table in ("works", "picture_uploads"):
            await self._database.execute(f"DELETE FROM {table} WHERE {_WHOSE}", (member_id, server_id))

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member had drawn and what she brought."""
        whose = (member_id, server_id)
        works = await self._database.fetch_all(f"SELECT {_TOLD} FROM works WHERE {_WHOSE} ORDER BY id", whose)
        brought = await self._database.fetch_all(
            f"SELECT file, server_id, size_bytes, uploaded_at FROM picture_uploads WHERE {_WHOSE} ORDER BY uploaded_at",
            whose,
        )
        return {"pictures": [_told(row) for row in works], "pictures_brought": [_told(row) for row in brought]}

    async def _works(self, where: str, *values: Any) -> list[Work]:
        rows = await self._database.fetch_all(f"SELECT {_COLUMNS} FROM works WHERE {where}", values)
        return [_work(row) for row in rows]

    async def _number(self, sql: str, *values: Any) -> int:
        row = await self._database.fetch_one(sql, values)
        return int(row[0]) if row else 0


def _work(row: sqlite3.Row) -> Work:
    flags = {name: bool(row[name]) for name in ("is_spoiler", "may_show", "is_spared", "has_file")}
    return Work(**dict(row) | flags | {"how": How(row["how"]), "made_at": from_ms(row["made_at"])})


def _told(row: sqlite3.Row) -> dict[str, Any]:
    times = {name: from_ms(row[name]).isoformat() for name in row.keys() if name.endswith("_at")}  # noqa: SIM118
    return dict(row) | times
