"""The tables of critique: drafts for as long as they are kept, critiques with their notes, and the servers' rubrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from aiosqlite import Row

from bot.clock import from_ms, to_ms
from bot.critique.critique import Critique, Findings, Mode, Note, Wish
from bot.database import Database

_WHOSE = "member_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
_EXPORTED = "id, server_id, channel_id, mode, intent, focus, begins, strength, issue, plain, model, made_at"


class CritiqueStore:
    """Writes drafts and critiques, and reads them for whose they are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_draft(self, server_id: int, member_id: int, text: str, at: datetime) -> int:
        """Keep a draft, and return its id."""
        row = await self._database.fetch_one(
            "INSERT INTO critique_drafts (server_id, member_id, text, kept_at) VALUES (?, ?, ?, ?) RETURNING id",
            (server_id, member_id, text, to_ms(at)),
        )
        assert row is not None
        return int(row["id"])

    async def draft(self, draft_id: int) -> str | None:
        """Return a draft, or None of one that is not kept any more."""
        row = await self._database.fetch_one("SELECT text FROM critique_drafts WHERE id = ?", (draft_id,))
        return row["text"] if row else None

    async def drop_drafts(self, before: datetime) -> None:
        """Drop the drafts that were kept before a time."""
        await self._database.execute("DELETE FROM critique_drafts WHERE kept_at < ?", (to_ms(before),))

    async def append(self, critique: Critique) -> int:
        """Store a critique and its notes, and return its id; the one that it has does not count."""
        found, wish = critique.findings, critique.wish
        values = {
            "server_id": critique.server_id, "channel_id": critique.channel_id, "member_id": critique.member_id,
            "job_id": critique.job_id, "draft_id": critique.draft_id, "mode": wish.mode, "intent": wish.intent,
            "focus": wish.focus, "begins": critique.begins, "strength": found.strength, "issue": found.issue,
            "plain": found.plain, "dropped": found.dropped, "larger": found.larger, "read_to": critique.read_to,
            "is_whole": critique.is_whole, "model": critique.model, "made_at": to_ms(critique.made_at),
        }  # fmt: skip
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        row = await self._database.fetch_one(
            f"INSERT INTO critiques ({names}) VALUES ({marks}) RETURNING id", tuple(values.values())
        )
        assert row is not None
        for number, note in enumerate(found.notes):
            await self._database.execute(
                "INSERT INTO critique_notes (critique_id, number, quote, paragraph, kind, effect, advice)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row["id"], number, *astuple(note)),
            )
        return int(row["id"])

    async def get(self, critique_id: int) -> Critique | None:
        """Return a critique with its notes, or None."""
        row = await self._database.fetch_one("SELECT * FROM critiques WHERE id = ?", (critique_id,))
        return _critique(row, await self._notes(critique_id)) if row else None

    async def of_member(self, server_id: int, member_id: int, limit: int) -> list[Critique]:
        """List a member's critiques without their notes, the newest first."""
        rows = await self._database.fetch_all(
            f"SELECT * FROM critiques WHERE {_WHOSE} ORDER BY id DESC LIMIT ?3", (member_id, server_id, limit)
        )
        return [_critique(row, ()) for row in rows]

    async def delete(self, critique_id: int) -> None:
        """Take a critique away with its notes, and the draft it is of."""
        async with self._database.transaction():
            await self._database.execute(
                "DELETE FROM critique_drafts WHERE id = (SELECT draft_id FROM critiques WHERE id = ?)", (critique_id,)
            )
            await self._database.execute("DELETE FROM critiques WHERE id = ?", (critique_id,))

    async def rubric(self, server_id: int) -> str | None:
        """Return what a server wishes for its critiques, or None where its admins said nothing."""
        row = await self._database.fetch_one("SELECT rubric FROM critique_rubrics WHERE server_id = ?", (server_id,))
        return row["rubric"] if row else None

    async def put_rubric(self, server_id: int, rubric: str, changed_by: int) -> None:
        """Replace what a server wishes."""
        await self._database.execute(
            "INSERT OR REPLACE INTO critique_rubrics (server_id, rubric, changed_by) VALUES (?, ?, ?)",
            (server_id, rubric, changed_by),
        )

    async def drop_rubric(self, server_id: int) -> None:
        """Go back to the wishes that come with Salon."""
        await self._database.execute("DELETE FROM critique_rubrics WHERE server_id = ?", (server_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop a member's drafts and critiques, and who changed a rubric; the rubric is the server's and stays."""
        whose = (member_id, server_id)
        async with self._database.transaction():
            await self._database.execute(f"DELETE FROM critiques WHERE {_WHOSE}", whose)
            await self._database.execute(f"DELETE FROM critique_drafts WHERE {_WHOSE}", whose)
            changed = _WHOSE.replace("member_id", "changed_by")
            await self._database.execute(f"UPDATE critique_rubrics SET changed_by = NULL WHERE {changed}", whose)

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell a member's drafts as far as they are kept, her critiques, and the rubrics she was the last to change."""
        whose = (member_id, server_id)
        drafts = await self._database.fetch_all(f"SELECT * FROM critique_drafts WHERE {_WHOSE}", whose)
        critiques = await self._database.fetch_all(f"SELECT {_EXPORTED} FROM critiques WHERE {_WHOSE}", whose)
        changed = _WHOSE.replace("member_id", "changed_by")
        rubrics = await self._database.fetch_all(f"SELECT * FROM critique_rubrics WHERE {changed}", whose)
        notes = {row["id"]: [astuple(note) for note in await self._notes(row["id"])] for row in critiques}
        return {
            "drafts_for_critique": [_told(row, "kept_at") for row in drafts],
            "critiques": [{**_told(row, "made_at"), "notes": notes[row["id"]]} for row in critiques],
            "rubrics_changed": [dict(row) for row in rubrics],
        }

    async def _notes(self, critique_id: int) -> Sequence[Note]:
        rows = await self._database.fetch_all(
            "SELECT quote, paragraph, kind, effect, advice FROM critique_notes WHERE critique_id = ? ORDER BY number",
            (critique_id,),
        )
        return [Note(**dict(row)) for row in rows]


def _critique(row: Row, notes: Sequence[Note]) -> Critique:
    return Critique(
        id=row["id"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        member_id=row["member_id"],
        job_id=row["job_id"],
        draft_id=row["draft_id"],
        wish=Wish(Mode(row["mode"]), row["intent"], row["focus"]),
        begins=row["begins"],
        findings=Findings(row["strength"], row["issue"], tuple(notes), row["dropped"], row["larger"], row["plain"]),
        read_to=row["read_to"],
        is_whole=bool(row["is_whole"]),
        model=row["model"],
        made_at=from_ms(row["made_at"]),
    )


def _told(row: Row, time: str) -> dict[str, Any]:
    return {**dict(row), time: from_ms(row[time]).isoformat()}
