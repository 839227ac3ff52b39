"""The tables of the readers' line: drafts, and who took them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.people import Channel, Member
from bot.readers.draft import Draft, DraftOutcome, NewDraft, Taking, TakingOutcome
from bot.stories.shares import count_words
from bot.words import say

_DRAFT = [field.name for field in fields(Draft)]
_TAKING = [field.name for field in fields(Taking) if field.name != "draft"]
_DRAFT_COLUMNS = ", ".join(f"d.{name} AS draft_{name}" for name in _DRAFT)
_TAKING_COLUMNS = ", ".join(f"t.{name} AS {name}" for name in _TAKING)
_TAKINGS = f"SELECT {_TAKING_COLUMNS}, {_DRAFT_COLUMNS} FROM reader_takings t JOIN reader_drafts d ON d.id = t.draft_id"
_WRITTEN = "author_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
_READ = "reader_id = ?1 AND (?2 IS NULL OR server_id = ?2)"


class ReaderStore:
    """Reads and writes drafts and takings; the texts of drafts are read one by one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def offer(self, author: Member, channel: Channel, new: NewDraft, at: datetime) -> Draft:
        """Put a draft at the end of the line."""
        id = await self._database.execute(
            "INSERT INTO reader_drafts (server_id, channel_id, author_id, author_name, title, text, words, wish,"
            " warning, is_public, is_age_restricted, offered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (author.server_id, channel.id, author.id, author.name, new.title, new.text, count_words(new.text),
             new.wish, new.warning, new.is_public, channel.is_age_restricted, to_ms(at)),
        )  # fmt: skip
        draft = await self.draft(author.server_id, id)
        assert draft is not None
        return draft

    async def draft(self, server_id: int, draft_id: int) -> Draft | None:
        """Return a server's draft, or None."""
        drafts = await self._drafts("d.server_id = ? AND d.id = ?", (server_id, draft_id))
        return drafts[0] if drafts else None

    async def text(self, draft_id: int) -> str:
        """Return the text of a draft that is there."""
        row = await self._database.fetch_one("SELECT text FROM reader_drafts WHERE id = ?", (draft_id,))
        assert row is not None
        return str(row["text"])

    async def line(self, server_id: int) -> list[Draft]:
        """List the drafts that wait for a reader, those first that have waited longest."""
        waits = (
            "d.server_id = ? AND d.outcome IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM reader_takings t WHERE t.draft_id = d.id AND t.outcome IS NULL) ORDER BY d.id"
        )
        return await self._drafts(waits, (server_id,))

    async def of_author(self, server_id: int, author_id: int, limit: int) -> list[Draft]:
        """List a member's drafts: those in line first, then those that were critiqued or offered last."""
        given = "SELECT t.ended_at FROM reader_takings t WHERE t.draft_id = d.id AND t.outcome = 'given'"
        order = f"ORDER BY d.outcome IS NOT NULL, coalesce(({given}), d.offered_at) DESC, d.id DESC LIMIT ?"
        return await self._drafts(f"d.server_id = ? AND d.author_id = ? {order}", (server_id, author_id, limit))

    async def open_drafts(self, server_id: int, author_id: int) -> int:
        """Count a member's drafts that wait or are being read."""
        row = await self._database.fetch_one(
            "SELECT count(*) AS count FROM reader_drafts WHERE server_id = ? AND author_id = ? AND outcome IS NULL",
            (server_id, author_id),
        )
        return int(row["count"]) if row else 0

    async def end_draft(self, draft_id: int, outcome: DraftOutcome) -> None:
        """Have a draft leave the line, unless it has."""
        await self._database.execute(
            "UPDATE reader_drafts SET outcome = ? WHERE id = ? AND outcome IS NULL", (outcome, draft_id)
        )

    async def take(self, draft: Draft, reader: Member, at: datetime, due_at: datetime) -> Taking:
        """Note that a member reads a draft; the table refuses a second reader, and a reader's second draft."""
        id = await self._database.execute(
            "INSERT INTO reader_takings (draft_id, server_id, reader_id, reader_name, taken_at, due_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (draft.id, draft.server_id, reader.id, reader.name, to_ms(at), to_ms(due_at)),
        )
        taking = await self.taking(draft.server_id, id)
        assert taking is not None
        return taking

    async def taking(self, server_id: int, taking_id: int) -> Taking | None:
        """Return a taking of a server, or None."""
        return await self._taking("t.server_id = ? AND t.id = ?", (server_id, taking_id))

    async def held(self, server_id: int, reader_id: int) -> Taking | None:
        """Return what a member is reading, or None."""
        return await self._taking("t.server_id = ? AND t.reader_id = ? AND t.outcome IS NULL", (server_id, reader_id))

    async def running(self, draft_id: int) -> Taking | None:
        """Return who is reading a draft, or None."""
        return await self._taking("t.draft_id = ? AND t.outcome IS NULL", (draft_id,))

    async def on_drafts(self, draft_ids: Sequence[int]) -> list[Taking]:
        """List the takings of these drafts that go on or ended in a critique, the newest first: one a draft at most."""
        these = f"t.draft_id IN ({', '.join('?' * len(draft_ids))})"
        return await self._takings(
            f"{these} AND (t.outcome IS NULL OR t.outcome = 'given') ORDER BY t.id DESC", draft_ids
        )

    async def given_by(self, server_id: int, reader_id: int, limit: int) -> list[Taking]:
        """List the newest takings of a member that ended in a critique."""
        where = "t.server_id = ? AND t.reader_id = ? AND t.outcome = 'given'"
        return await self._takings(f"{where} ORDER BY t.id DESC LIMIT ?", (server_id, reader_id, limit))

    async def tried(self, server_id: int, reader_id: int) -> frozenset[int]:
        """Return the ids of the drafts that a member took before."""
        rows = await self._database.fetch_all(
            "SELECT draft_id FROM reader_takings WHERE server_id = ? AND reader_id = ?", (server_id, reader_id)
        )
        return frozenset(row["draft_id"] for row in rows)

    async def end_taking(
        self, taking_id: int, outcome: TakingOutcome, at: datetime, critique: str | None = None
    ) -> None:
        """End a member's time with a draft, with the critique where that is how it ended."""
        await self._database.execute(
            "UPDATE reader_takings SET outcome = ?, ended_at = ?, critique = ? WHERE id = ? AND outcome IS NULL",
            (outcome, to_ms(at), critique, taking_id),
        )

    async def expire(self, server_id: int, now: datetime) -> None:
        """End all takings of a server whose time is up."""
        await self._database.execute(
            "UPDATE reader_takings SET outcome = 'expired', ended_at = due_at"
            " WHERE server_id = ? AND outcome IS NULL AND due_at <= ?",
            (server_id, to_ms(now)),
        )

    async def thank(self, taking_id: int, at: datetime) -> None:
        """Note that a critique helped."""
        await self._database.execute("UPDATE reader_takings SET helpful_at = ? WHERE id = ?", (to_ms(at), taking_id))

    async def untold(self) -> list[Taking]:
        """List the critiques of which their drafts' authors were not told, in all servers."""
        return await self._takings(
            "t.outcome = 'given' AND t.told_at IS NULL AND d.author_id IS NOT NULL AND t.reader_id IS NOT NULL"
            " ORDER BY t.id"
        )

    async def mark_told(self, taking_id: int, at: datetime) -> None:
        """Note that an author was told of a critique."""
        await self._database.execute("UPDATE reader_takings SET told_at = ? WHERE id = ?", (to_ms(at), taking_id))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Take out a member's drafts and critiques; what she was reading waits for another reader.

        Whoever reads a draft of hers goes on with it: their time was given in good faith, and is paid. Critiques of her
        drafts quote them, so they are their readers' alone from then on.
        """
        await self._database.execute(
            "UPDATE reader_drafts SET author_id = NULL, author_name = '', title = '', text = '', wish = '',"
            f" warning = '', is_public = 0, outcome = coalesce(outcome, 'removed') WHERE {_WRITTEN}",
            (member_id, server_id),
        )
        await self._database.execute(
            "UPDATE reader_takings SET reader_id = NULL, reader_name = '', critique = iif(critique IS NULL, NULL, ''),"
            f" outcome = coalesce(outcome, 'released'), ended_at = coalesce(ended_at, taken_at) WHERE {_READ}",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member offered, and what she took and gave."""
        drafts = await self._database.fetch_all(
            "SELECT id, server_id, channel_id, title, text, wish, warning, is_public, offered_at, outcome"
            f" FROM reader_drafts WHERE {_WRITTEN} ORDER BY id",
            (member_id, server_id),
        )
        takings = await self._database.fetch_all(
            "SELECT draft_id, server_id, taken_at, ended_at, outcome, critique, helpful_at"
            f" FROM reader_takings WHERE {_READ} ORDER BY id",
            (member_id, server_id),
        )
        return {"drafts_offered": list(map(_told, drafts)), "drafts_taken": list(map(_told, takings))}

    async def _drafts(self, where: str, values: Sequence[Any] = ()) -> list[Draft]:
        rows = await self._database.fetch_all(f"SELECT {_DRAFT_COLUMNS} FROM reader_drafts d WHERE {where}", values)
        return [_draft(row) for row in rows]

    async def _takings(self, where: str, values: Sequence[Any] = ()) -> list[Taking]:
        return [_taking(row) for row in await self._database.fetch_all(f"{_TAKINGS} WHERE {where}", values)]

    async def _taking(self, where: str, values: Sequence[Any]) -> Taking | None:
        takings = await self._takings(where, values)
        return takings[0] if takings else None


def _draft(row: sqlite3.Row) -> Draft:
    values = {name: row[f"draft_{name}"] for name in _DRAFT}
    told = {
        "is_public": bool(values["is_public"]),
        "is_age_restricted": bool(values["is_age_restricted"]),
        "offered_at": from_ms(values["offered_at"]),
        "outcome": values["outcome"] and DraftOutcome(values["outcome"]),
    }
    removed = dict.fromkeys(("author_name", "title"), say("stories.removed")) if values["author_id"] is None else {}
    return Draft(**values | told | removed)


def _taking(row: sqlite3.Row) -> Taking:
    values = {name: row[name] for name in _TAKING}
    told = {
        "taken_at": from_ms(values["taken_at"]),
        "due_at": from_ms(values["due_at"]),
        "outcome": values["outcome"] and TakingOutcome(values["outcome"]),
        "helpful_at": values["helpful_at"] and from_ms(values["helpful_at"]),
    }
    removed = dict.fromkeys(("reader_name", "critique"), say("stories.removed")) if values["reader_id"] is None else {}
    return Taking(draft=_draft(row), **values | told | removed)


def _told(row: sqlite3.Row) -> dict[str, Any]:
    """Tell a row, its times as text."""
    return {
        name: from_ms(value).isoformat() if name.endswith("_at") and value is not None else value
        for name, value in dict(row).items()
    }
