"""How soon Salon can be used, cold and warm, and the memory it takes at rest and at its busiest.

Salon runs as a host runs it, `python -m bot run` in a process of its own; its Discord is a sandbox in this one.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.evening.room import Table, set_tables
from bench.report import Figure, Report
from sandbox import Sandbox

STORIES = 8
READY_WITHIN_S = 600.0
WRITTEN_WITHIN_S = 300.0
LOOK_EVERY_S = 0.05
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Start:
    """One life of the process: seconds until it can be used and until it has ended, and its memory in MiB."""

    usable_s: float
    ended_s: float
    rest_mib: float
    busiest_mib: float


async def measure(rounds: int = 3) -> Report:
    """Start with an empty model cache, then again with the converted model in it, `rounds` times."""
    colds, warms = [], []
    for _ in range(rounds):
        async with Sandbox() as discord:
            tables = set_tables(discord, STORIES)
            with tempfile.TemporaryDirectory(prefix="salon-") as folder:
                environment = environment_for(discord, Path(folder))
                await (await salon("sync", environment)).wait()
                colds.append(await live(discord, tables, environment))
                warms.append(await live(discord, tables, environment))
    lives = [*colds, *warms]
    figures = (
        Figure.of("cold_usable_s", [life.usable_s for life in colds]),
        Figure.of("warm_usable_s", [life.usable_s for life in warms]),
        Figure.of("rest_mib", [life.rest_mib for life in warms]),
        Figure.of("busiest_mib", [life.busiest_mib for life in lives]),
        Figure.of("ended_s", [life.ended_s for life in lives]),
    )
    note = (
        "Usable: connected, from the start of the process; cold converts the embedded model first. At rest: the warm "
        f"start, before the first request. Busiest: while {STORIES} stories are written at once. Ended: after SIGTERM."
    )
    return Report("Startup and memory, embedded model", figures, notes=(note,))


def environment_for(discord: Sandbox, folder: Path) -> Mapping[str, str]:
    """Set a Salon up for the sandbox, with data and model cache of its own and nothing of this machine's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SALON_")}
    return kept | {
        "SALON_TOKEN": discord.token,
        "SALON_DISCORD_API_URL": discord.api_url,
        "SALON_DISCORD_GATEWAY_URL": discord.gateway_url,
        "SALON_DATA_DIR": str(folder / "data"),
        "SALON_MODEL_CACHE_DIR": str(folder / "models"),
    }


async def salon(command: str, environment: Mapping[str, str]) -> Process:
    """Start one of Salon's commands."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, env=environment, stdout=DEVNULL, stderr=DEVNULL
    )


async def live(discord: Sandbox, tables: list[Table], environment: Mapping[str, str]) -> Start:
    """Start Salon, let it be busy, and end it."""
    started = time.perf_counter()
    process = await salon("run", environment)
    try:
        await discord.bot_ready(READY_WITHIN_S)
        usable_s = time.perf_counter() - started
        rest_mib = resident_mib(process.pid)
        async with watched_memory(process.pid) as seen_mib:
            await asyncio.gather(*(write(table) for table in tables))
        stopped = time.perf_counter()
        process.terminate()
        await process.wait()
        return Start(usable_s, time.perf_counter() - stopped, rest_mib, max(seen_mib))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def write(table: Table) -> None:
    """Begin a story and let the AI write a paragraph."""
    opening = "It was low tide when the bells began to ring."
    await table.guest.slash(table.channel, "story start", title="Low Tide", opening=opening)
    answer = await table.guest.slash(table.channel, "story continue", length="paragraph")
    await answer.until(lambda message: "Continue" in message.labels, WRITTEN_WITHIN_S)


@asynccontextmanager
async def watched_memory(pid: int) -> AsyncIterator[list[float]]:
    """Look at a process's memory again and again."""
    seen = [resident_mib(pid)]

    async def watch() -> None:
        while True:
            seen.append(resident_mib(pid))
            await asyncio.sleep(LOOK_EVERY_S)

    watching = asyncio.create_task(watch())
    try:
        yield seen
    finally:
        watching.cancel()


def resident_mib(pid: int) -> float:
    """Return the memory that a process holds, in MiB."""
    return float(psutil.Process(pid).memory_info().rss) / MIB
