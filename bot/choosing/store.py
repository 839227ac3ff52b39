"""The tables of votes: what was proposed, who voted for what, and what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.choosing.ballot import Ballot, NewBallot, Outcome, Proposal
from bot.clock import from_ms, to_ms
from bot.database import Database

_COUNTED = (
    "SELECT number, passage_id, (SELECT count(*) FROM ballot_votes v WHERE v.ballot_id = p.ballot_id"
    " AND v.number = p.number) AS votes FROM ballot_proposals p WHERE ballot_id = ? ORDER BY number"
)
_OF_SERVER = "ballot_id IN (SELECT id FROM ballots WHERE ?2 IS NULL OR server_id = ?2)"


class BallotStore:
    """Reads and writes votes. Everything that changes more than one row is called inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, new: NewBallot, passage_ids: Sequence[int]) -> Ballot:
        """Begin a vote on these passages, numbered from 1 on."""
        values = asdict(new) | {"ends_at": to_ms(new.ends_at)}
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        ballot_id = await self._database.execute(
            f"INSERT INTO ballots ({names}) VALUES ({marks})", list(values.values())
        )
        for number, passage_id in enumerate(passage_ids, start=1):
            await self._database.execute(
                "INSERT INTO ballot_proposals (ballot_id, number, passage_id) VALUES (?, ?, ?)",
                (ballot_id, number, passage_id),
            )
        return await self._known(ballot_id)

    async def get(self, ballot_id: int) -> Ballot | None:
        """Return a vote, or None."""
        return next(iter(await self._ballots("id = ?", ballot_id)), None)

    async def open_in(self, story_id: int) -> Ballot | None:
        """Return the vote that is open on a story, or None."""
        return next(iter(await self._ballots("story_id = ? AND closed_at IS NULL", story_id)), None)

    async def ended(self, at: datetime) -> list[Ballot]:
        """List the votes whose time is over and that nobody has closed yet."""
        return await self._ballots("closed_at IS NULL AND ends_at <= ?", to_ms(at))

    async def next_end(self) -> datetime | None:
        """Return when the next open vote ends; None while there is none."""
        row = await self._database.fetch_one("SELECT min(ends_at) AS next FROM ballots WHERE closed_at IS NULL")
        return from_ms(row["next"]) if row and row["next"] is not None else None

    async def vote_of(self, ballot_id: int, member_id: int) -> int | None:
        """Return the number that a member is for, or None."""
        row = await self._database.fetch_one(
            "SELECT number FROM ballot_votes WHERE ballot_id = ? AND member_id = ?", (ballot_id, member_id)
        )
        return row["number"] if row else None

    async def vote(self, ballot_id: int, member_id: int, number: int | None, at: datetime) -> Ballot:
        """Replace a member's vote; None takes it back."""
        whose = (ballot_id, member_id)
        await self._database.execute("DELETE FROM ballot_votes WHERE ballot_id = ? AND member_id = ?", whose)
        if number is not None:
            await self._database.execute("INSERT INTO ballot_votes VALUES (?, ?, ?, ?)", (*whose, number, to_ms(at)))
        return await self._known(ballot_id)

    async def close(self, ballot_id: int, outcome: Outcome, winner: int | None, at: datetime) -> Ballot:
        """Write down what came of a vote."""
        await self._database.execute(
            "UPDATE ballots SET outcome = ?, winner = ?, closed_at = ? WHERE id = ?",
            (outcome, winner, to_ms(at), ballot_id),
        )
        return await self._known(ballot_id)

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop a member's votes, and her name from the votes that she asked for."""
        whose = (member_id, server_id)
        await self._database.execute(f"DELETE FROM ballot_votes WHERE member_id = ?1 AND {_OF_SERVER}", whose)
        await self._database.execute(
            "UPDATE ballots SET asked_by_id = NULL WHERE asked_by_id = ?1 AND (?2 IS NULL OR server_id = ?2)", whose
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member voted for, and which votes she asked for."""
        whose = (member_id, server_id)
        votes = await self._database.fetch_all(
            "SELECT ballot_id, number, voted_at FROM ballot_votes"
            f" WHERE member_id = ?1 AND {_OF_SERVER} ORDER BY ballot_id",
            whose,
        )
        asked = await self._database.fetch_all(
            "SELECT id AS ballot_id, story_id, ends_at FROM ballots"
            " WHERE asked_by_id = ?1 AND (?2 IS NULL OR server_id = ?2) ORDER BY id",
            whose,
        )
        return {
            "votes": [dict(row) | {"voted_at": from_ms(row["voted_at"]).isoformat()} for row in votes],
            "votes_asked_for": [dict(row) | {"ends_at": from_ms(row["ends_at"]).isoformat()} for row in asked],
        }

    async def _ballots(self, where: str, *values: int) -> list[Ballot]:
        rows = await self._database.fetch_all(f"SELECT * FROM ballots WHERE {where} ORDER BY id", values)
        return [_ballot(row, await self._proposals(row["id"])) for row in rows]

    async def _proposals(self, ballot_id: int) -> tuple[Proposal, ...]:
        return tuple(Proposal(**dict(row)) for row in await self._database.fetch_all(_COUNTED, (ballot_id,)))

    async def _known(self, ballot_id: int) -> Ballot:
        ballot = await self.get(ballot_id)
        assert ballot is not None
        return ballot


def _ballot(row: sqlite3.Row, proposals: tuple[Proposal, ...]) -> Ballot:
    told = {
        "ends_at": from_ms(row["ends_at"]),
        "closed_at": from_ms(row["closed_at"]) if row["closed_at"] else None,
        "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
    }
    return Ballot(**dict(row) | told, proposals=proposals)
