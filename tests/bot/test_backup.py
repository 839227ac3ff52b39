"""Backups: made while the database is in use, checked, and never over something that is not to be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.backup import back_up
from bot.database import Database, inspect_database
from bot.errors import BadInput, NotFound, Unavailable


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup.sqlite3"


async def test_a_backup_holds_what_was_committed_while_a_transaction_is_open(database: Database, target: Path) -> None:
    await database.execute("CREATE TABLE kept (id INTEGER) STRICT")
    await database.execute("INSERT INTO kept VALUES (1)")
    async with database.transaction():
        await database.execute("INSERT INTO kept VALUES (2)")
        await back_up(database.path, target, overwrite=False)
    async with Database.open(target) as copy:
        assert [row["id"] for row in await copy.fetch_all("SELECT id FROM kept")] == [1]


async def test_a_backup_has_the_schema_of_the_database(database: Database, target: Path) -> None:
    await back_up(database.path, target, overwrite=False)
    assert await inspect_database(target) == await inspect_database(database.path)


async def test_a_file_that_is_there_is_overwritten_only_when_that_is_said(database: Database, target: Path) -> None:
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(BadInput, match="--force"):
        await back_up(database.path, target, overwrite=False)
    assert target.read_text(encoding="utf-8") == "precious"
    await back_up(database.path, target, overwrite=True)
    assert target.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("suffix", ["", "-wal"])
async def test_the_database_is_never_replaced_by_its_own_backup(database: Database, suffix: str) -> None:
    live = database.path.with_name(database.path.name + suffix)
    by_link, by_hard_link = live.with_name("link"), live.with_name("hard-link")
    by_link.symlink_to(live)
    by_hard_link.hardlink_to(live)
    await database.execute("CREATE TABLE kept (id INTEGER) STRICT")
    for target in (live, live.parent / "." / live.name, by_link, by_hard_link):
        with pytest.raises(BadInput, match="belongs to the database itself"):
            await back_up(database.path, target, overwrite=True)
    await database.execute("INSERT INTO kept VALUES (1)")
    assert by_link.samefile(live)
    assert await database.fetch_one("SELECT id FROM kept") is not None


async def test_a_folder_is_no_file_for_a_backup(database: Database, target: Path) -> None:
    target.mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        await back_up(database.path, target, overwrite=True)
    assert not list(target.iterdir())


async def test_without_a_database_or_a_folder_nothing_is_made(database: Database, target: Path) -> None:
    with pytest.raises(NotFound, match="no database"):
        await back_up(target.with_name("none"), target, overwrite=False)
    with pytest.raises(NotFound, match="no folder"):
        await back_up(database.path, target.parent / "none" / "backup", overwrite=False)
    assert not target.exists()


async def test_a_damaged_database_gives_no_backup_and_leaves_the_last_one(tmp_path: Path, target: Path) -> None:
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"\x00not a database" * 500)
    target.write_text("the last good one", encoding="utf-8")
    with pytest.raises(Unavailable, match="damaged"):
        await back_up(damaged, target, overwrite=True)
    assert target.read_text(encoding="utf-8") == "the last good one"
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith("backup")) == ["backup.sqlite3"]
