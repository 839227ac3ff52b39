"""The one file that everything is kept in: what it promises, and what it says when it cannot keep it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import bot.database
from bot.database import Database, copy_database
from bot.errors import NotStored, Unavailable


@pytest.fixture(autouse=True)
async def notes(database: Database) -> None:
    await database.execute("CREATE TABLE notes (text TEXT)")


async def texts(database: Database) -> list[str]:
    return [row["text"] for row in await database.fetch_all("SELECT text FROM notes ORDER BY rowid")]


async def note(database: Database, text: str) -> None:
    await database.execute("INSERT INTO notes VALUES (?)", (text,))


@contextmanager
def locked_by_another_process(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


# ── transactions ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            await note(database, "half")
            raise ZeroDivisionError
    async with database.transaction():
        await note(database, "first")
        await note(database, "second")
    assert await texts(database) == ["first", "second"]


async def test_a_transaction_sees_its_own_changes_and_others_do_not_until_it_is_committed(database: Database) -> None:
    async with database.transaction():
        await note(database, "mine")
        assert await texts(database) == ["mine"]
        assert await asyncio.create_task(texts(database)) == []
    assert await texts(database) == ["mine"]


async def test_a_transaction_inside_another_joins_it(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            async with database.transaction():
                await note(database, "inner")
            raise ZeroDivisionError
    assert await texts(database) == []


async def test_tasks_write_one_after_another(database: Database) -> None:
    async def twice(name: str) -> None:
        async with database.transaction():
            await note(database, name)
            await asyncio.sleep(0)
            await note(database, name)

    await asyncio.gather(*(twice(name) for name in "abc"))
    assert await texts(database) == ["a", "a", "b", "b", "c", "c"]


async def test_a_statement_that_fails_leaves_the_database_usable(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await database.execute("INSERT INTO nowhere VALUES (1)")
    await note(database, "after")
    assert await texts(database) == ["after"]


async def test_what_reads_may_not_write(database: Database) -> None:
    with pytest.raises(Unavailable):
        await database.fetch_all("INSERT INTO notes VALUES ('sneaked in') RETURNING text")
    assert await texts(database) == []


async def test_callbacks_are_called_after_the_commit_and_never_after_a_rollback(database: Database) -> None:
    called: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            database.after_commit(lambda: called.append("rolled back"))
            raise ZeroDivisionError
    async with database.transaction():
        database.after_commit(lambda: called.append("committed"))
        async with database.transaction():
            database.after_commit(lambda: called.append("joined"))
        assert called == []
    database.after_commit(lambda: called.append("at once"))
    assert called == ["committed", "joined", "at once"]


async def test_a_callback_that_fails_is_heard_of_and_keeps_none_of_the_others_from_being_called(
    database: Database,
) -> None:
    called: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with database.transaction():
            database.after_commit(lambda: 1 / 0)
            database.after_commit(lambda: called.append("all the same"))
    assert called == ["all the same"]


# ── cancellation ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cancelled_in", "written"),
    [("BEGIN IMMEDIATE", []), ("INSERT INTO notes VALUES (?)", []), ("COMMIT", ["one", "two"])],
)
async def test_a_cancelled_task_has_written_all_or_nothing_and_is_told_if_all(
    database: Database, monkeypatch: pytest.MonkeyPatch, cancelled_in: str, written: list[str]
) -> None:
    committed = []

    async def write() -> None:
        async with database.transaction():
            database.after_commit(lambda: committed.append(True))
            await note(database, "one")
            await note(database, "two")

    writer = database._writer
    execute, commit = writer.execute, writer.commit

    def execute_and_cancel(sql: str, values: Sequence[str] = ()) -> Awaitable[object]:
        if sql == cancelled_in:
            task.cancel()
        return execute(sql, values)

    def commit_and_cancel() -> Awaitable[object]:
        if cancelled_in == "COMMIT":
            task.cancel()
        return commit()

    monkeypatch.setattr(writer, "execute", execute_and_cancel)
    monkeypatch.setattr(writer, "commit", commit_and_cancel)
    task = asyncio.create_task(write())
    with pytest.raises(asyncio.CancelledError):
        await task
    monkeypatch.undo()
    assert await texts(database) == written
    assert bool(committed) == bool(written)
    await note(database, "after")
    assert await texts(database) == [*written, "after"]


async def test_a_task_cancelled_while_it_waits_for_its_turn_has_done_nothing(database: Database) -> None:
    async with database.transaction():
        waiting = asyncio.create_task(note(database, "late"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        await note(database, "first")
    assert await texts(database) == ["first"]


# ── locks, disks, damage ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_another_process_that_keeps_the_lock_is_one_sentence_and_changes_nothing(database: Database) -> None:
    await database._writer.execute("PRAGMA busy_timeout = 10")
    with locked_by_another_process(database.path):
        with pytest.raises(NotStored) as refused:
            await note(database, "no room")
        assert await texts(database) == []
    assert refused.value.key == "database.busy"
    await note(database, "room")
    assert await texts(database) == ["room"]


async def test_a_full_disk_is_one_sentence_and_takes_nothing_of_the_transaction(database: Database) -> None:
    await database.execute("PRAGMA max_page_count = 1")  # SQLite goes no lower than the pages that it has
    with pytest.raises(NotStored) as refused:
        async with database.transaction():
            await note(database, "small")
            await note(database, "large" * 100_000)
    assert refused.value.key == "database.full"
    assert await texts(database) == []
    await database.execute("PRAGMA max_page_count = 1000000")
    await note(database, "room again")
    assert await texts(database) == ["room again"]


async def test_a_backup_is_whole_while_others_write(database: Database, tmp_path: Path) -> None:
    async def write() -> None:
        for number in range(100):
            async with database.transaction():
                await note(database, f"{number} left")
                await note(database, f"{number} right")

    writing = asyncio.create_task(write())
    await copy_database(database.path, tmp_path / "copy.sqlite3")
    await writing
    async with Database.open(tmp_path / "copy.sqlite3") as copy:
        assert len(await texts(copy)) % 2 == 0
    assert len(await texts(database)) == 200


@pytest.mark.parametrize("content", [b"this is a diary, not a database" * 200, b"SQLite format 3\0" + b"\1" * 5_000])
async def test_a_file_that_is_no_database_is_one_sentence_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "diary.txt"
    file.write_bytes(content)
    with pytest.raises(Unavailable) as refused:
        async with Database.open(file):
            pass
    assert refused.value.key == "database.damaged"
    assert file.read_bytes() == content


async def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable) as refused:
        async with Database.open(tmp_path / "file" / "salon.sqlite3"):
            pass
    assert refused.value.key == "database.read_only"


async def test_what_is_raised_while_the_database_is_open_is_passed_on_as_it_is(tmp_path: Path) -> None:
    busy_elsewhere = sqlite3.OperationalError("database is locked")
    with pytest.raises(sqlite3.OperationalError) as raised:
        async with Database.open(tmp_path / "another.sqlite3"):
            raise busy_elsewhere
    assert raised.value is busy_elsewhere


# ── migrations ────────────────────────────────────────────────────────────────────────────────────────────────────────


def migrations(monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    numbered = {int(name.removeprefix("m")): sql for name, sql in scripts.items()}
    monkeypatch.setattr(bot.database, "_migrations", lambda: numbered)


async def test_what_is_there_is_migrated_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.sqlite3"
    migrations(monkeypatch, m1="CREATE TABLE pages (text TEXT);")
    async with Database.open(path) as old:
        await old.execute("INSERT INTO pages VALUES ('kept')")
    migrations(
        monkeypatch,
        m3="UPDATE pages SET by = 'Ada';",
        m2="ALTER TABLE pages ADD COLUMN by TEXT;",
        m1="CREATE TABLE pages (text TEXT);",
    )
    for _ in range(2):
        async with Database.open(path) as new:
            row = await new.fetch_one("SELECT * FROM pages")
            assert row and dict(row) == {"text": "kept", "by": "Ada"}


async def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.sqlite3"
    first = "CREATE TABLE pages (text TEXT);"
    migrations(monkeypatch, m1=first, m2="CREATE TABLE half (n INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError):
        async with Database.open(path):
            pass
    migrations(monkeypatch, m1=first, m2="CREATE TABLE half (n INTEGER);")
    async with Database.open(path) as mended:
        assert await mended.fetch_all("SELECT * FROM half") == []


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "newer.sqlite3"
    migrations(monkeypatch, m7="CREATE TABLE future (n INTEGER);")
    async with Database.open(path):
        pass
    migrations(monkeypatch, m4="CREATE TABLE past (n INTEGER);")
    with pytest.raises(Unavailable) as refused:
        async with Database.open(path):
            pass
    assert (refused.value.key, refused.value.values) == ("database.too_new", {"found": 7, "known": 4})
    with sqlite3.connect(path) as untouched:
        assert untouched.execute("SELECT name FROM sqlite_master").fetchall() == [("future",)]
    untouched.close()


async def test_every_migration_begins_with_its_reason_and_has_a_number_of_its_own() -> None:
    files = sorted((Path(bot.database.__file__).parent / "migrations").glob("*.sql"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert all(file.read_text(encoding="utf-8").startswith("-- ") for file in files)
