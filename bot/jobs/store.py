"""The tables of jobs and of what their members had of the device."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aiosqlite import Row

from bot.clock import from_ms, to_ms
from bot.database import Database
from bot.jobs.bounds import LineLengths
from bot.jobs.failures import Failure
from bot.jobs.job import SO_FAR, Job, JobState, NewJob, ReplyPlace
from bot.jobs.line import Balance
from bot.jobs.pace import Took

_EXPORTED = (
    "id, kind, state, server_id, channel_id, story_id, asked, result, created_at, started_at, ended_at,"
    " earlier_ms + cost_ms AS cost_ms"
)
_WHOSE = "member_id = ?1 AND (?2 IS NULL OR server_id = ?2)"
# Ended jobs are kept: SQLite takes the small index of the others only where this is said.
_IN_LINE = "ended_at IS NULL"


class JobStore:
    """Writes what happens to jobs; where a change depends on the state, it says whether it took place."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def append(self, new: NewJob, at: datetime) -> Job:
        """Store a job that waits."""
        values = {
            "kind": new.kind, "server_id": new.server_id, "member_id": new.member_id, "lane": new.lane,
            "story_id": new.story_id, "weight": new.weight, "asked": json.dumps(new.asked), "created_at": to_ms(at),
            "state": JobState.WAITING, "is_quiet": new.is_quiet, "delivered_at": to_ms(at) if new.is_quiet else None,
            **_reply_columns(new.reply),
        }  # fmt: skip
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        return await self._written(f"INSERT INTO jobs ({names}) VALUES ({marks}) RETURNING *", *values.values())

    async def get(self, job_id: int) -> Job | None:
        """Return a job, or None."""
        row = await self.database.fetch_one("SELECT * FROM jobs WHERE id = ?", (job_id,))
        return _job(row) if row else None

    async def lengths(self, server_id: int, member_id: int) -> LineLengths:
        """Count who waits."""
        row = await self.database.fetch_one(
            "SELECT count(*) AS total, count(*) FILTER (WHERE server_id = ?1) AS server,"
            " count(*) FILTER (WHERE server_id = ?1 AND member_id = ?2) AS member"
            f" FROM jobs WHERE state = 'waiting' AND NOT is_quiet AND {_IN_LINE}",
            (server_id, member_id),
        )
        assert row is not None
        return LineLengths(row["member"], row["server"], row["total"])

    async def has_quiet(self, lane: str | None) -> bool:
        """Say whether a job of the background waits in a lane."""
        row = await self.database.fetch_one(
            f"SELECT 1 FROM jobs WHERE is_quiet AND lane IS ? AND state = 'waiting' AND {_IN_LINE}", (lane,)
        )
        return row is not None

    async def in_background(self) -> list[Job]:
        """Return the jobs of the background that wait or run, the oldest first."""
        rows = await self.database.fetch_all(
            f"SELECT * FROM jobs WHERE is_quiet AND state IN ('waiting', 'running') AND {_IN_LINE} ORDER BY id"
        )
        return [_job(row) for row in rows]

    async def begin(self, job_id: int, at: datetime) -> Job | None:
        """Mark a waiting job running and count the attempt; None if it waits no more."""
        return await self._changed(
            "UPDATE jobs SET state = 'running', started_at = ?, attempts = attempts + 1"
            " WHERE id = ? AND state = 'waiting' RETURNING *",
            to_ms(at), job_id,
        )  # fmt: skip

    async def end(
        self,
        job_id: int,
        state: JobState,
        at: datetime,
        *,
        cost_ms: float = 0.0,
        result: Mapping[str, Any] | None = None,
        failure: Failure | None = None,
    ) -> Job | None:
        """Give a job its end; None if it has one already."""
        return await self._changed(
            "UPDATE jobs SET state = ?, ended_at = ?, cost_ms = ?, result = ?, error = ?, error_values = ?,"
            f" asked = json_remove(asked, '$.{SO_FAR}')"
            " WHERE id = ? AND ended_at IS NULL RETURNING *",
            state, to_ms(at), cost_ms, None if result is None else json.dumps(result),
            failure and failure.key, failure and json.dumps(dict(failure.values)), job_id,
        )  # fmt: skip

    async def go_on(self, job_id: int, kind: str, asked: Mapping[str, Any], cost_ms: float) -> Job | None:
        """Let a running job wait again as another kind, and remember what it cost so far; None if it runs no more."""
        return await self._changed(
            "UPDATE jobs SET state = 'waiting', kind = ?, asked = ?, earlier_ms = earlier_ms + ?, started_at = NULL,"
            " attempts = 0 WHERE id = ? AND state = 'running' RETURNING *",
            kind, json.dumps(asked), cost_ms, job_id,
        )  # fmt: skip

    async def put_back(self, job_id: int) -> Job | None:
        """Let a running job wait again because it gave way; it is no attempt that failed. None if it runs no more."""
        return await self._changed(
            "UPDATE jobs SET state = 'waiting', started_at = NULL, attempts = attempts - 1"
            " WHERE id = ? AND state = 'running' RETURNING *",
            job_id,
        )

    async def hand_back(self) -> None:
        """Let what runs wait again because the house closes in order; it is no attempt that failed."""
        await self.database.execute(
            f"UPDATE jobs SET state = 'waiting', attempts = attempts - 1 WHERE state = 'running' AND {_IN_LINE}"
        )

    async def take_up(self, most_attempts: int) -> tuple[list[Job], list[Job]]:
        """Let wait again what ran when the process died; return who waits, and what was attempted too often."""
        async with self.database.transaction():
            await self.database.execute(f"UPDATE jobs SET state = 'waiting' WHERE state = 'running' AND {_IN_LINE}")
            rows = await self.database.fetch_all(
                f"SELECT * FROM jobs WHERE state = 'waiting' AND {_IN_LINE} ORDER BY id"
            )
        jobs = [_job(row) for row in rows]
        return (
            [job for job in jobs if job.attempts < most_attempts],
            [job for job in jobs if job.attempts >= most_attempts],
        )

    async def undelivered(self) -> list[Job]:
        """Return what nobody was told the end of, oldest first."""
        rows = await self.database.fetch_all("SELECT * FROM jobs WHERE delivered_at IS NULL ORDER BY id")
        return [_job(row) for row in rows]

    async def place_reply(self, job_id: int, reply: ReplyPlace) -> Job | None:
        """Store where a job's message is."""
        columns = _reply_columns(reply)
        settings = ", ".join(f"{name} = ?" for name in columns)
        return await self._changed(f"UPDATE jobs SET {settings} WHERE id = ? RETURNING *", *columns.values(), job_id)

    async def mark_delivered(self, job_id: int, at: datetime, undeliverable: str | None) -> None:
        """Store that the end of a job was told or why it cannot be, and drop the token that was kept for telling it."""
        await self.database.execute(
            "UPDATE jobs SET delivered_at = ?, undeliverable = ?, interaction_token = NULL, token_expires_at = NULL"
            " WHERE id = ? AND delivered_at IS NULL",
            (to_ms(at), undeliverable, job_id),
        )

    async def mark_undelivered(self, job_id: int) -> Job | None:
        """Store that a job's end is to be told anew; None if it is gone."""
        return await self._changed(
            "UPDATE jobs SET delivered_at = NULL, undeliverable = NULL WHERE id = ? AND ended_at IS NOT NULL"
            " RETURNING *",
            job_id,
        )

    async def history(self, count: int = 50) -> list[Took]:
        """Return what the newest finished jobs took, oldest first."""
        rows = await self.database.fetch_all(
            "SELECT * FROM jobs WHERE state = 'done' ORDER BY id DESC LIMIT ?", (count,)
        )
        return [Took.by(_job(row)) for row in reversed(rows)]

    async def drop(self, job_id: int) -> None:
        """Drop a job that has ended, with all that it was asked and came to."""
        await self.database.execute("DELETE FROM jobs WHERE id = ? AND ended_at IS NOT NULL", (job_id,))

    async def balances(self) -> list[Balance]:
        """Return every account, the one served last at the end."""
        rows = await self.database.fetch_all("SELECT * FROM device_accounts ORDER BY changed_at, member_id")
        return [Balance(row["server_id"], row["member_id"], row["paid"]) for row in rows]

    async def keep(self, balances: Iterable[Balance], at: datetime) -> None:
        """Store what accounts stand at."""
        for balance in balances:
            await self.database.execute(
                "INSERT OR REPLACE INTO device_accounts (server_id, member_id, paid, changed_at) VALUES (?, ?, ?, ?)",
                (balance.server_id, balance.member_id, balance.paid, to_ms(at)),
            )

    async def forget(self, member_id: int, server_id: int | None) -> list[Job]:
        """Drop a member's jobs, whatever their state, and accounts; return the jobs that had not ended."""
        whose = (member_id, server_id)
        async with self.database.transaction():
            rows = await self.database.fetch_all(f"SELECT * FROM jobs WHERE {_WHOSE} AND ended_at IS NULL", whose)
            await self.database.execute(f"DELETE FROM jobs WHERE {_WHOSE}", whose)
            await self.database.execute(f"DELETE FROM device_accounts WHERE {_WHOSE}", whose)
        return [_job(row) for row in rows]

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member asked for, what became of it, and how much of the device she had."""
        whose = (member_id, server_id)
        jobs = await self.database.fetch_all(f"SELECT {_EXPORTED} FROM jobs WHERE {_WHOSE} ORDER BY id", whose)
        accounts = await self.database.fetch_all(f"SELECT server_id, paid FROM device_accounts WHERE {_WHOSE}", whose)
        return {"requests": [_exported(row) for row in jobs], "device_time": [dict(row) for row in accounts]}

    async def _written(self, sql: str, *values: Any) -> Job:
        job = await self._changed(sql, *values)
        assert job is not None
        return job

    async def _changed(self, sql: str, *values: Any) -> Job | None:
        async with self.database.transaction():
            row = await self.database.fetch_one(sql, values)
        return _job(row) if row else None


def _reply_columns(reply: ReplyPlace) -> dict[str, Any]:
    return {
        "channel_id": reply.channel_id,
        "message_id": reply.message_id,
        "interaction_token": reply.interaction_token,
        "token_expires_at": to_ms(reply.token_expires_at) if reply.token_expires_at else None,
        "is_private": reply.is_private,
    }


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        state=JobState(row["state"]),
        server_id=row["server_id"],
        member_id=row["member_id"],
        reply=_reply(row),
        asked=json.loads(row["asked"]),
        lane=row["lane"],
        story_id=row["story_id"],
        weight=row["weight"],
        created_at=from_ms(row["created_at"]),
        started_at=_time(row["started_at"]),
        ended_at=_time(row["ended_at"]),
        delivered_at=_time(row["delivered_at"]),
        undeliverable=row["undeliverable"],
        cost_ms=row["cost_ms"],
        earlier_ms=row["earlier_ms"],
        result=_json(row["result"]),
        error=row["error"],
        error_values=_json(row["error_values"]) or {},
        attempts=row["attempts"],
        is_quiet=bool(row["is_quiet"]),
    )


def _reply(row: Row) -> ReplyPlace:
    return ReplyPlace(
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        interaction_token=row["interaction_token"],
        token_expires_at=_time(row["token_expires_at"]),
        is_private=bool(row["is_private"]),
    )


def _exported(row: Row) -> dict[str, Any]:
    told = dict(row)
    times = {name: from_ms(value).isoformat() for name, value in told.items() if name.endswith("_at") and value}
    return {**told, **times, "asked": _json(row["asked"]), "result": _json(row["result"])}


def _time(stored_ms: int | None) -> datetime | None:
    return None if stored_ms is None else from_ms(stored_ms)


def _json(stored: str | None) -> Any:
    return None if stored is None else json.loads(stored)
