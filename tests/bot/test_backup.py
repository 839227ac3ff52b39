"""Backups: made while the database is in use, checked, and never over something that is not to be lost."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bot.commands.backup import back_up, files_beside, main
from bot.database import Database, inspect_database
from bot.errors import BadInput, NotFound, Unavailable
from bot.pictures.folder import WorksFolder
from bot.settings import Settings


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


@pytest.fixture
def keeping(database: Database) -> Settings:
    """Return the settings of a Salon that keeps a picture and a key beside the database."""
    settings = Settings(_env_file=None, data_dir=database.path.parent)
    WorksFolder(settings.works_dir).put(b"a picture", "png")
    (settings.data_dir / "credentials.pem").write_text("secret", encoding="utf-8")
    return settings


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def kept_in(settings: Settings) -> dict[str, bytes]:
    wanted = ("works/", "credentials.pem")
    return {name: content for name, content in files_in(settings.data_dir).items() if name.startswith(wanted)}


async def run_backup(settings: Settings, target: Path, *, force: bool = False) -> None:
    assert await main(argparse.Namespace(file=target, force=force), settings) == 0


async def test_a_backup_brings_the_pictures_and_the_key_that_signs_them(keeping: Settings, target: Path) -> None:
    await run_backup(keeping, target)
    assert files_in(files_beside(target)) == kept_in(keeping)
    assert (files_beside(target) / "credentials.pem").stat().st_mode & 0o777 == 0o600
    assert target.exists()


async def test_a_backup_made_again_adds_what_is_new_and_drops_what_was_deleted(keeping: Settings, target: Path) -> None:
    await run_backup(keeping, target)
    works = WorksFolder(keeping.works_dir)
    for gone in works.names():
        works.remove(gone)
    works.put(b"another picture", "webp")
    with pytest.raises(BadInput, match="--force"):
        await run_backup(keeping, target)
    await run_backup(keeping, target, force=True)
    assert files_in(files_beside(target)) == kept_in(keeping)


async def test_a_damaged_picture_is_left_out_and_told_of(
    keeping: Settings, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = WorksFolder(keeping.works_dir).put(b"a second picture", "png")
    (keeping.works_dir / name[:2] / name).write_bytes(b"half a sec")
    await run_backup(keeping, target)
    assert "One picture is damaged" in capsys.readouterr().out
    assert len(files_in(files_beside(target) / "works")) == 1


async def test_pictures_that_cannot_be_copied_are_told_of(keeping: Settings, target: Path) -> None:
    files_beside(target).write_text("a file in its place", encoding="utf-8")
    with pytest.raises(Unavailable, match="could not all be copied"):
        await run_backup(keeping, target, force=True)
    assert await inspect_database(target) == await inspect_database(keeping.database_path)
