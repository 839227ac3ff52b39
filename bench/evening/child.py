"""A Salon in a process of its own, to be killed and started again; `python -m bench.evening.child` serves in one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Self

from bench.evening.room import settings_for
from bench.evening.writer import Speed, Writer
from bot.app import open_salon, serve
from bot.commands.stopping import until_stopped
from bot.logs import configure_logs
from sandbox import Sandbox

SPEED = Speed(first_word_s=0.05, words_per_s=150.0, fewest=20, most=60)
SEATS = 4
START_S = 60.0


class Child:
    """The process; `start` returns once it is online."""

    def __init__(self, discord: Sandbox, data_dir: Path) -> None:
        self._discord = discord
        self._data_dir = data_dir
        self._log = data_dir.parent / "salon.log"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()

    async def start(self) -> None:
        """Start the process and wait until it is online."""
        discord = self._discord
        words = [str(self._data_dir), discord.api_url, discord.gateway_url, discord.token]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bench.evening.child", *words, stdout=log, stderr=log
            )
        await discord.bot_ready(START_S)

    async def kill(self) -> None:
        """Kill the process without a word, and wait until Discord has noticed."""
        if self._process.returncode is not None:
            raise RuntimeError(f"The child ended by itself:\n{self._log.read_text()[-4_000:]}")
        self._process.kill()
        await self._process.wait()
        hub = self._discord.core.hub
        await self._discord.core.feed.wait(lambda: None if hub.online else True, START_S)


async def _serve(data_dir: str, api_url: str, gateway_url: str, token: str) -> None:
    settings = settings_for(Path(data_dir), api_url, gateway_url)
    async with open_salon(settings, engine=Writer(SPEED, SEATS), pushes_commands=True) as salon:
        await serve(salon, token)


if __name__ == "__main__":
    configure_logs("info", "json")
    asyncio.run(until_stopped(_serve(*sys.argv[1:])))
