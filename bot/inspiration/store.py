"""The tables of inspiration: directions that were offered, and lenses that are out of the deck."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.inspiration.newness import Offered, Vector

_WHOSE = "member_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
_STORED = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class NewOffer:
    """A direction about to be offered: the look `number` of a job, through a lens."""

    server_id: int
    member_id: int
    job_id: int
    number: int
    lens: str
    offered: Offered


class InspirationStore:
    """Reads and writes what servers were offered, and through which lenses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def offered(self, server_id: int, most: int) -> list[Offered]:
        """List what a server was offered, the newest first."""
        rows = await self._database.fetch_all(
            "SELECT in_short, vector FROM directions WHERE server_id = ? ORDER BY id DESC LIMIT ?", (server_id, most)
        )
        return [_offered(row) for row in rows]

    async def append(self, new: NewOffer, at: datetime) -> None:
        """Keep what is offered."""
        vector = new.offered.vector
        await self._database.execute(
            "INSERT INTO directions (server_id, member_id, job_id, number, lens, in_short, vector, offered_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (new.server_id, new.member_id, new.job_id, new.number, new.lens, new.offered.in_short,
             None if vector is None else vector.astype(_STORED).tobytes(), to_ms(at)),
        )  # fmt: skip

    async def story_of(self, job_id: int, number: int) -> int | None:
        """Return the story that was begun from a direction, if one was."""
        row = await self._database.fetch_one(
            "SELECT story_id FROM directions WHERE job_id = ? AND number = ?", (job_id, number)
        )
        return row["story_id"] if row else None

    async def begin(self, job_id: int, number: int, story_id: int) -> None:
        """Keep which story was begun from a direction."""
        await self._database.execute(
            "UPDATE directions SET story_id = ? WHERE job_id = ? AND number = ?", (story_id, job_id, number)
        )

    async def drawn(self, server_id: int) -> set[str]:
        """Return the lenses that are out of a server's deck."""
        rows = await self._database.fetch_all("SELECT lens FROM drawn_lenses WHERE server_id = ?", (server_id,))
        return {row["lens"] for row in rows}

    async def write_drawn(self, server_id: int, lenses: Iterable[str]) -> None:
        """Replace the lenses that are out of a server's deck, inside the caller's transaction."""
        await self._database.execute("DELETE FROM drawn_lenses WHERE server_id = ?", (server_id,))
        for lens in lenses:
            await self._database.execute("INSERT INTO drawn_lenses VALUES (?, ?)", (server_id, lens))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop what a member was offered; it was made from what she brought."""
        await self._database.execute(f"DELETE FROM directions WHERE {_WHOSE}", (member_id, server_id))

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member was offered."""
        rows = await self._database.fetch_all(
            "SELECT server_id, job_id, lens, in_short, story_id, offered_at, length(vector) AS vector_bytes"
            f" FROM directions WHERE {_WHOSE} ORDER BY id",
            (member_id, server_id),
        )
        return {"directions": [dict(row) | {"offered_at": from_ms(row["offered_at"]).isoformat()} for row in rows]}


def _offered(row: sqlite3.Row) -> Offered:
    return Offered(row["in_short"], None if row["vector"] is None else _vector(row["vector"]))


def _vector(stored: bytes) -> Vector:
    return np.frombuffer(stored, _STORED).astype(np.float32)
