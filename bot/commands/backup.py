"""Copy the database while Salon runs; the copy is checked before it takes its name."""

from __future__ import annotations

import argparse
from pathlib import Path

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
    if not source.exists():
        raise NotFound("cli.backup_no_database", file=str(source))
    if target.exists() and not overwrite:
        raise BadInput("cli.backup_exists", file=str(target))
    if not target.parent.is_dir():
        raise NotFound("cli.backup_no_folder", folder=str(target.parent))
    unchecked = target.with_name(target.name + ".part")
    try:
        await copy_database(source, unchecked)
        unchecked.replace(target)
    finally:
        _remove(unchecked)


def _remove(file: Path) -> None:
    """Remove what is left of a copy, with the two files that SQLite keeps beside a database in WAL mode."""
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
