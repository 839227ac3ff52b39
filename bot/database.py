"""The one SQLite file: opening, migrating, transactions, backup, and what can go wrong with it."""

from __future__ import annotations

import asyncio
import errno
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiosqlite

from bot.errors import NotStored, Unavailable

BUSY_TIMEOUT_MS = 5_000
_MIGRATION_NAME = re.compile(r"(\d{4})_\w+\.sql")


class Database:
    """One writer and one reader connection; WAL lets reads go on while a transaction is open."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None
        self._callbacks: list[Callable[[], object]] = []

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[Database]:
        """Open (and where needed create and migrate) the database at `path`; raise `Unavailable` if it cannot be."""
        async with AsyncExitStack() as connections:
            with known_failures():
                path.parent.mkdir(parents=True, exist_ok=True)
                writer = await connections.enter_async_context(_connect(path))
                await _migrate(writer)
                reader = await connections.enter_async_context(_connect(path))
                await reader.execute("PRAGMA query_only = ON")
            yield cls(path, writer, reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Commit everything executed inside as one; a transaction inside a transaction of the same task joins it."""
        if self._in_transaction:
            yield
            return
        async with self._turn:
            self._owner = asyncio.current_task()
            self._callbacks = []
            try:
                async with _commit_or_roll_back(self._writer, self._committed):
                    yield
            finally:
                self._owner = None

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call `callback` when this task's transaction is committed, never when it is rolled back; now without one."""
        if self._in_transaction:
            self._callbacks.append(callback)
        else:
            callback()

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one writing statement, in the open transaction or one of its own; return the last row's id."""
        async with self.transaction():
            with known_failures():
                cursor = await self._writer.execute(sql, values)
                return cursor.lastrowid or 0

    async def fetch_all(self, sql: str, values: Sequence[Any] = ()) -> list[aiosqlite.Row]:
        """Read rows; inside a transaction its own changes are seen. `RETURNING` belongs inside a transaction."""
        connection = self._writer if self._in_transaction else self._reader
        with known_failures():
            return list(await connection.execute_fetchall(sql, values))

    async def fetch_one(self, sql: str, values: Sequence[Any] = ()) -> aiosqlite.Row | None:
        """Read the first row, or None."""
        rows = await self.fetch_all(sql, values)
        return rows[0] if rows else None

    def _committed(self) -> None:
        self._owner = None
        with ExitStack() as called:  # all of them, in their order, whatever one of them raises
            for callback in reversed(self._callbacks):
                called.callback(callback)

    @property
    def _in_transaction(self) -> bool:
        return self._owner is not None and self._owner is asyncio.current_task()


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database file says of itself: the schema it has, and the newest one that this Salon knows."""

    schema: int
    known_schema: int


async def inspect_database(path: Path) -> DatabaseState:
    """Read the state of the file at `path` and try for its write lock, changing nothing; raise `Unavailable`."""
    with known_failures():
        async with _connect(path) as connection:
            await connection.execute("BEGIN IMMEDIATE")
            await connection.execute("ROLLBACK")
            return DatabaseState(await _schema(connection), max(_migrations(), default=0))


async def copy_database(source: Path, target: Path) -> None:
    """Copy `source`, in use or not, to `target` and check the copy; raise `Unavailable` if it is not sound."""
    with known_failures():
        async with aiosqlite.connect(source) as original, aiosqlite.connect(target) as copy:
            await original.backup(copy)  # all pages in one step: one snapshot, and in WAL mode no writer waits for it
            row = await (await copy.execute("PRAGMA integrity_check")).fetchone()
    if row is None or row[0] != "ok":
        raise Unavailable("database.unsound")


@asynccontextmanager
async def _connect(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@asynccontextmanager
async def _commit_or_roll_back(connection: aiosqlite.Connection, committed: Callable[[], None]) -> AsyncIterator[None]:
    try:
        await _to_its_end(connection.execute("BEGIN IMMEDIATE"))
        yield
        await _to_its_end(connection.commit(), committed)
    except BaseException:
        await _to_its_end(connection.rollback())
        raise


async def _to_its_end(step: Awaitable[object], then: Callable[[], None] | None = None) -> None:
    """Await a step that its thread takes anyway: a cancelled task must know how it ended before it goes on."""
    taken = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not taken.done():
        try:
            await asyncio.wait({taken})
        except asyncio.CancelledError as error:
            cancelled = error
    failed = taken.exception()
    if then and not failed:
        then()
    if cancelled:
        raise cancelled
    if failed:
        with known_failures():
            raise failed


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Apply what is missing, each migration with its number in one transaction."""
    migrations = _migrations()
    known = max(migrations, default=0)
    found = await _schema(connection)
    if found > known:
        raise Unavailable("database.too_new", found=found, known=known)
    for number in sorted(n for n in migrations if n > found):
        await connection.executescript(f"BEGIN;\n{migrations[number]}\nPRAGMA user_version = {number};\nCOMMIT;")


async def _schema(connection: aiosqlite.Connection) -> int:
    row = await (await connection.execute("PRAGMA user_version")).fetchone()
    return int(row[0]) if row else 0


def _migrations() -> dict[int, str]:
    folder = files("bot").joinpath("migrations")
    named = ((_MIGRATION_NAME.fullmatch(file.name), file) for file in folder.iterdir())
    return {int(match[1]): file.read_text(encoding="utf-8") for match, file in named if match}


_SENTENCES = {
    sqlite3.SQLITE_BUSY: "database.busy",
    sqlite3.SQLITE_LOCKED: "database.busy",
    sqlite3.SQLITE_FULL: "database.full",
    sqlite3.SQLITE_IOERR: "database.disk_failed",
    sqlite3.SQLITE_READONLY: "database.read_only",
    sqlite3.SQLITE_CANTOPEN: "database.read_only",
    sqlite3.SQLITE_PERM: "database.read_only",
    sqlite3.SQLITE_CORRUPT: "database.damaged",
    sqlite3.SQLITE_NOTADB: "database.damaged",
}


@contextmanager
def known_failures() -> Iterator[None]:
    """Turn what SQLite says of locks, full disks, permissions and damage into sentences for members."""
    try:
        yield
    except sqlite3.Error as error:
        primary_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if primary_code not in _SENTENCES:
            raise
        raise NotStored(_SENTENCES[primary_code]) from error
    except OSError as error:
        raise NotStored("database.full" if error.errno == errno.ENOSPC else "database.read_only") from error
