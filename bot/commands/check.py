"""Look at everything Salon needs and give a verdict on each: ✓ it is well, ✗ what is wrong and what to do."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp
import psutil

from bot.app import text_model
from bot.commands.progress import ProgressBar
from bot.data_folder import nearest, try_folder
from bot.database import inspect_database
from bot.errors import SalonError
from bot.settings import Settings
from bot.words import say
from models.errors import EngineError
from models.local import LocalEngine, Outlook

DISCORD_API = "https://discord.com/api/v10"
LITTLE_DISK_GIB = 1.0
_GIB = 2**30
_TIMEOUT = aiohttp.ClientTimeout(total=15)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a part is well, and a sentence about it."""

    part: str
    is_well: bool
    words: str

    def __str__(self) -> str:
        return f"{'✓' if self.is_well else '✗'} {say(f'check.{self.part}'):<10} {self.words}"


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the verdicts as they come; the exit code is 0 if all is well."""
    is_well = True
    async for verdict in verdicts(settings, offline=arguments.offline):
        print(verdict, flush=True)
        is_well = is_well and verdict.is_well
    return 0 if is_well else 1


async def verdicts(settings: Settings, *, offline: bool) -> AsyncIterator[Verdict]:
    """Look at one part after the other; raise `WrongSettings` if the data folder cannot be one."""
    try_folder(settings.data_dir)
    yield Verdict("settings", True, say("check.settings_well"))
    yield await database_verdict(settings.database_path)
    yield disk_verdict(settings.data_dir)
    async for verdict in engine_verdicts(settings):
        yield verdict
    if not offline:
        yield await discord_verdict(settings)


async def database_verdict(path: Path) -> Verdict:
    """Read the schema and try for the write lock; a database that is not there yet is well."""
    if not path.exists():
        return Verdict("database", True, say("check.database_none", file=str(path)))
    try:
        state = await inspect_database(path)
    except SalonError as error:
        return Verdict("database", False, str(error))
    found, known = state.schema, state.known_schema
    if found > known:
        return Verdict("database", False, say("database.too_new", found=found, known=known))
    key = "check.database_older" if found < known else "check.database_well"
    return Verdict("database", True, say(key, file=str(path), found=found, known=known))


def disk_verdict(data_dir: Path) -> Verdict:
    """Say how much may still be stored beside the database."""
    free_gib = shutil.disk_usage(nearest(data_dir)).free / _GIB
    is_well = free_gib >= LITTLE_DISK_GIB
    return Verdict("disk", is_well, say("check.disk_well" if is_well else "check.disk_little", free=f"{free_gib:.1f}"))


async def engine_verdicts(settings: Settings) -> AsyncIterator[Verdict]:
    """Look at the device; on one that is there, at its memory and at the model."""
    try:
        outlook = await LocalEngine.outlook(text_model(settings))
    except EngineError as error:
        yield Verdict("device", False, str(error))
        return
    yield device_verdict(outlook)
    yield memory_verdict(outlook)
    yield await model_verdict(settings)


def device_verdict(outlook: Outlook) -> Verdict:
    """Say what would compute."""
    words = say(
        f"check.device_{outlook.device}",
        name=outlook.name,
        cores=psutil.cpu_count(logical=False) or 1,
        threads=outlook.threads,
    )
    return Verdict("device", True, words)


def memory_verdict(outlook: Outlook) -> Verdict:
    """Compare what is free of the device's memory with what the model would take; that may not be known."""
    needed = outlook.needed_bytes
    is_well = needed is None or needed <= outlook.free_bytes
    key = "unknown" if needed is None else "well" if is_well else "little"
    words = say(
        f"check.memory_{key}",
        free=f"{outlook.free_bytes / _GIB:.1f}",
        total=f"{outlook.total_bytes / _GIB:.1f}",
        place=say(f"check.place_{outlook.device}"),
        needed=f"{(needed or 0) / _GIB:.1f}",
    )
    return Verdict("memory", is_well, words)


async def model_verdict(settings: Settings) -> Verdict:
    """Load the model as Salon would."""
    started = time.monotonic()
    try:
        async with LocalEngine.open(text_model(settings), ProgressBar()) as engine:
            card, stats = engine.card, engine.stats()
    except EngineError as error:
        return Verdict("model", False, str(error))
    words = say(
        "check.model_well",
        name=card.name,
        precision=card.precision,
        device=card.device,
        window=card.window_tokens,
        seconds=f"{time.monotonic() - started:.1f}",
        memory=f"{stats.peak_memory_bytes / _GIB:.1f}",
    )
    return Verdict("model", True, words)


async def discord_verdict(settings: Settings) -> Verdict:
    """Ask Discord who the token belongs to."""
    if settings.token is None:
        return Verdict("discord", False, say("settings.token_missing"))
    address = f"{settings.discord_api_url or DISCORD_API}/users/@me"
    headers = {"Authorization": f"Bot {settings.token.get_secret_value()}"}
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http, http.get(address, headers=headers) as answer:
            if answer.status == HTTPStatus.OK:
                return Verdict("discord", True, say("check.discord_well", name=(await answer.json())["username"]))
            status = answer.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return Verdict("discord", False, say("check.discord_unreachable", cause=type(error).__name__))
    key = "check.discord_refused" if status == HTTPStatus.UNAUTHORIZED else "check.discord_odd"
    return Verdict("discord", False, say(key, status=status))
