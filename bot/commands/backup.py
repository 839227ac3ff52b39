"""Copy the database while Salon runs; the copy is checked before it takes its name."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.data_folder import as_wrong_setting
from bot.database import copy_database
from bot.errors import BadInput, NotFound
from bot.settings import Settings
from bot.words import say


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a backup to the file that was named."""
    await back_up(settings.database_path, arguments.file, overwrite=arguments.force)
    size_kib = arguments.file.stat().st_size / 1024
    print(say("cli.backup_done", file=str(arguments.file), size=f"{size_kib:,.0f} KiB"))
    return 0


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
