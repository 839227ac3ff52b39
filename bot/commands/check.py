"""Look at everything Salon needs and give a verdict on each: ✓ it is well, ✗ what is wrong and what to do."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import aiohttp

from bot.commands.check_engine import engine_verdicts
from bot.commands.verdict import Verdict
from bot.data_folder import nearest, try_folder
from bot.database import inspect_database
from bot.engine import meaning_model
from bot.errors import SalonError
from bot.settings import Settings
from bot.words import say
from models.errors import EngineError

DISCORD_API = "https://discord.com/api/v10"
LITTLE_DISK_GIB = 1.0
_GIB = 2**30
_TIMEOUT = aiohttp.ClientTimeout(total=15)


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
    yield meaning_verdict(settings)
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


def meaning_verdict(settings: Settings) -> Verdict:
    """Say what compares texts by meaning; it is loaded when it is first asked."""
    try:
        found = meaning_model(settings)
    except EngineError as error:
        return Verdict("meaning", False, str(error))
    return Verdict("meaning", True, say("check.meaning_none" if found is None else "check.meaning_well"))


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
