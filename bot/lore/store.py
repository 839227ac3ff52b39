"""The tables of stories' lore."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.lore.card import Card, CardState, NewCard, Priority, Wording
from bot.lore.rules import title_key
from bot.stories.excerpts import Excerpt

_WORDING = "title, keys, text, known_by, priority"
_COLUMNS = f"id, story_id, state, {_WORDING}, added_by, added_at, model, job_id, source"
_WHOSE = "added_by = ?1 AND (?2 IS NULL OR server_id = ?2)"
_IN_SERVER = "card_id IN (SELECT id FROM lore_cards WHERE ?2 IS NULL OR server_id = ?2)"


class LoreStore:
    """Reads and writes lore cards, what they said before, and how far a story was read for proposals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_story(self, story_id: int, state: CardState = CardState.KEPT) -> list[Card]:
        """List a story's cards of a state by title."""
        return await self._cards("story_id = ? AND state = ? ORDER BY title_key", story_id, state)

    async def of_job(self, job_id: int) -> list[Card]:
        """List the cards that a job proposed, whatever became of them, in its order."""
        return await self._cards("job_id = ? ORDER BY id", job_id)

    async def get(self, card_id: int) -> Card | None:
        """Return a card of any state, or None."""
        found = await self._cards("id = ?", card_id)
        return found[0] if found else None

    async def titled(self, story_id: int, title: str) -> Card | None:
        """Return the card that is kept under a title, in any case, or None."""
        found = await self._cards("story_id = ? AND title_key = ? AND state = 'kept'", story_id, title_key(title))
        return found[0] if found else None

    async def append(self, story_id: int, server_id: int, new: NewCard, added_by: int, at: datetime) -> Card:
        """Add a card to a story."""
        source = json.dumps(new.source.told()) if new.source else None
        card_id = await self._database.execute(
            f"INSERT INTO lore_cards (story_id, server_id, state, {_WORDING}, title_key, added_by, added_at, model,"
            " job_id, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (story_id, server_id, new.state, *_told(new.wording), title_key(new.wording.title), added_by,
             to_ms(at), new.model, new.job_id, source),
        )  # fmt: skip
        return await self._known(card_id)

    async def rewrite(self, card: Card, wording: Wording, by: int, at: datetime) -> int:
        """Replace a card's wording; return the number of the version that keeps what it said before."""
        version_id = await self._database.execute(
            f"INSERT INTO lore_versions (card_id, {_WORDING}, replaced_by, replaced_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (card.id, *_told(card.wording), by, to_ms(at)),
        )
        await self._database.execute(
            "UPDATE lore_cards SET title = ?, keys = ?, text = ?, known_by = ?, priority = ?, title_key = ?,"
            " vector = NULL WHERE id = ?",
            (*_told(wording), title_key(wording.title), card.id),
        )
        return version_id

    async def version(self, card_id: int, version_id: int) -> Wording | None:
        """Return what a card said before a change, or None."""
        row = await self._database.fetch_one(
            f"SELECT {_WORDING} FROM lore_versions WHERE id = ? AND card_id = ?", (version_id, card_id)
        )
        return _wording(row) if row else None

    async def put(self, card: Card, state: CardState, by: int) -> Card:
        """Put a card into a state; `by` is whose card it is from now on."""
        await self._database.execute("UPDATE lore_cards SET state = ?, added_by = ? WHERE id = ?", (state, by, card.id))
        return await self._known(card.id)

    async def vectors(self, story_id: int) -> dict[int, bytes]:
        """Return the places in meaning that are known of a story's cards, by card."""
        rows = await self._database.fetch_all(
            "SELECT id, vector FROM lore_cards WHERE story_id = ? AND vector IS NOT NULL", (story_id,)
        )
        return {row["id"]: row["vector"] for row in rows}

    async def keep_vectors(self, vectors: Iterable[tuple[Card, bytes]]) -> None:
        """Keep the places in meaning of some cards, except of those that say something else by now."""
        async with self._database.transaction():
            for card, vector in vectors:
                await self._database.execute(
                    "UPDATE lore_cards SET vector = ? WHERE id = ? AND title = ? AND text = ?",
                    (vector, card.id, card.title, card.wording.text),
                )

    async def read_until(self, story_id: int) -> int:
        """Return up to which passage a story was read for proposals; 0 before the first time."""
        row = await self._database.fetch_one("SELECT passage_id FROM lore_readings WHERE story_id = ?", (story_id,))
        return row["passage_id"] if row else 0

    async def set_read_until(self, story_id: int, passage_id: int) -> None:
        """Keep up to which passage a story was read; it only grows."""
        await self._database.execute(
            "INSERT INTO lore_readings (story_id, passage_id) VALUES (?, ?) ON CONFLICT (story_id)"
            " DO UPDATE SET passage_id = max(passage_id, excluded.passage_id)",
            (story_id, passage_id),
        )

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop the cards a member added, accepted or asked for, and her hand in the changes of others'."""
        await self._database.execute(f"DELETE FROM lore_cards WHERE {_WHOSE}", (member_id, server_id))
        await self._database.execute(
            f"UPDATE lore_versions SET replaced_by = NULL WHERE replaced_by = ?1 AND {_IN_SERVER}",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member added to stories' lore, what that said before it was changed, and what she changed."""
        cards = await self._database.fetch_all(
            f"SELECT id, story_id, server_id, state, {_WORDING}, added_at FROM lore_cards WHERE {_WHOSE} ORDER BY id",
            (member_id, server_id),
        )
        earlier = await self._database.fetch_all(
            f"SELECT card_id, {_WORDING}, replaced_at FROM lore_versions"
            f" WHERE card_id IN (SELECT id FROM lore_cards WHERE {_WHOSE}) ORDER BY id",
            (member_id, server_id),
        )
        changes = await self._database.fetch_all(
            f"SELECT card_id, replaced_at FROM lore_versions WHERE replaced_by = ?1 AND {_IN_SERVER} ORDER BY id",
            (member_id, server_id),
        )
        return {
            "lore_cards": [_exported(row, "added_at") for row in cards],
            "lore_earlier_versions": [_exported(row, "replaced_at") for row in earlier],
            "lore_changes": [_exported(row, "replaced_at") for row in changes],
        }

    async def _cards(self, where: str, *values: object) -> list[Card]:
        rows = await self._database.fetch_all(f"SELECT {_COLUMNS} FROM lore_cards WHERE {where}", values)
        return [_card(row) for row in rows]

    async def _known(self, card_id: int) -> Card:
        card = await self.get(card_id)
        assert card is not None
        return card


def _exported(row: sqlite3.Row, time: str) -> dict[str, Any]:
    return dict(row) | {time: from_ms(row[time]).isoformat()}


def _told(wording: Wording) -> tuple[str, ...]:
    keys, names = (json.dumps(listed, ensure_ascii=False) for listed in (wording.keys, wording.known_by))
    return wording.title, keys, wording.text, names, wording.priority


def _wording(row: sqlite3.Row) -> Wording:
    keys, names = (tuple(json.loads(row[column])) for column in ("keys", "known_by"))
    return Wording(row["title"], keys, row["text"], names, Priority(row["priority"]))


def _card(row: sqlite3.Row) -> Card:
    return Card(
        id=row["id"],
        story_id=row["story_id"],
        state=CardState(row["state"]),
        wording=_wording(row),
        added_by=row["added_by"],
        added_at=from_ms(row["added_at"]),
        model=row["model"],
        job_id=row["job_id"],
        source=Excerpt.read(json.loads(row["source"])) if row["source"] else None,
    )
