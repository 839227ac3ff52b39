"""Copy the database and the pictures while Salon runs; the copy is checked before it takes its name."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.data_folder import as_wrong_setting
from bot.database import copy_database
from bot.errors import BadInput, NotFound, Unavailable
from bot.pictures.folder import WorksFolder
from bot.provenance.certificates import FILE_NAME as KEY
from bot.settings import Settings
from bot.words import say


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a backup to the file that was named, and the files that belong to it into a folder beside it.

    The database goes first: whatever file its copy names has been there by then, and files never change.
    """
    beside = files_beside(arguments.file)
    if beside.exists() and not arguments.force:
        raise BadInput("cli.backup_exists", file=str(beside))
    await back_up(settings.database_path, arguments.file, overwrite=arguments.force)
    damaged = await asyncio.to_thread(back_up_files, settings, beside)
    size_kib = arguments.file.stat().st_size / 1024
    print(say("cli.backup_done", file=str(arguments.file), size=f"{size_kib:,.0f} KiB", folder=str(beside)))
    if damaged:
        print(say("cli.backup_damaged", count=damaged))
    return 0


def files_beside(target: Path) -> Path:
    """Name the folder that belongs to a backup: what is in it goes into the data folder."""
    return target.with_name(target.name + ".files")


def back_up_files(settings: Settings, target: Path) -> int:
    """Bring the copies of pictures up to date, and that of the key that signs them; what was deleted goes there too.

    Return how many pictures are left out because they are damaged; raise `Unavailable` where that fails.
    """
    works, copies = WorksFolder(settings.works_dir), WorksFolder(target / settings.works_dir.name)
    try:
        copies.check()
        damaged = works.copy_to(copies)
        copies.keep_only(works.names())
        _copy_secret(settings.data_dir / KEY, target / KEY)
    except (OSError, Unavailable) as error:
        raise Unavailable("cli.backup_files_failed", folder=str(target)) from error
    return damaged


def _copy_secret(source: Path, target: Path) -> None:
    """Copy a file that only its owner may read, from the first byte on."""
    if source.exists():
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(source.read_bytes())


async def back_up(source: Path, target: Path, *, overwrite: bool) -> None:
    """Put a checked copy of `source` at `target`; raise `SalonError` and leave `target` as it was if that fails."""
    _refuse_what_cannot_be(source, target, overwrite=overwrite)
    unchecked = target.with_name(target.name + ".part")
    try:
        await copy_database(source, unchecked)
        unchecked.replace(target)
    finally:
        _remove(unchecked)


def _refuse_what_cannot_be(source: Path, target: Path, *, overwrite: bool) -> None:
    with as_wrong_setting(source.parent):
        if not source.exists():
            raise NotFound("cli.backup_no_database", file=str(source))
    if not target.parent.is_dir():
        raise NotFound("cli.backup_no_folder", folder=str(target.parent))
    if target.is_dir():
        raise BadInput("cli.backup_is_folder", file=str(target))
    if target.exists() and any(file.exists() and file.samefile(target) for file in _of_database(source)):
        raise BadInput("cli.backup_onto_itself", file=str(target))
    if target.exists() and not overwrite:
        raise BadInput("cli.backup_exists", file=str(target))


def _remove(database: Path) -> None:
    """Remove what is left of a copy."""
    for file in _of_database(database):
        file.unlink(missing_ok=True)


def _of_database(database: Path) -> list[Path]:
    """List a database's file, and the two that SQLite keeps beside it in WAL mode."""
    return [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm")]
