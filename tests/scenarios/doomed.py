"""A bot in a process of its own that stands still at a named place of a picture's life, there to be killed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Self

from bot.app import open_salon, serve
from bot.delivery.living import LivingMessage
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.pictures.drawing import Drawing
from bot.settings import Settings
from sandbox import Sandbox
from tests.judges import ScriptedJudge
from tests.meanings import BagOfWords
from tests.scripted import ScriptedEngine

START_S = 60.0
HERE = b"here"

Place = Callable[[ScriptedEngine], None]


class DoomedBot:
    """The process; it is killed at the end of the block at the latest."""

    def __init__(self, discord: Sandbox, data_dir: Path, place: str) -> None:
        self._discord = discord
        self._words = [str(data_dir), discord.api_url, discord.gateway_url, discord.token, place]

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.scenarios.doomed", *self._words, stdout=asyncio.subprocess.PIPE
        )
        await self._discord.bot_ready(START_S)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()
        hub = self._discord.core.hub
        await self._discord.core.feed.wait(lambda: None if hub.online else True, START_S)

    async def stands_still(self) -> None:
        """Wait until the bot has come to its place."""
        assert self._process.stdout
        async with asyncio.timeout(START_S):
            while line := await self._process.stdout.readline():
                if line.strip() == HERE:
                    return
        raise AssertionError("the bot ended before it came to its place")


async def _stand_still() -> None:
    sys.stdout.buffer.write(HERE + b"\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _before(owner: type, name: str) -> Place:
    async def stopped(*_: Any, **__: Any) -> None:
        await _stand_still()

    return lambda engine: setattr(owner, name, stopped)


def _after(owner: type, name: str) -> Place:
    finished: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def stopped(*values: Any, **named: Any) -> None:
        await finished(*values, **named)
        await _stand_still()

    return lambda engine: setattr(owner, name, stopped)


PLACES: Mapping[str, Place] = {
    "half drawn": lambda engine: engine.hold(after=2),
    "drawn": _before(Drawing, "digest"),
    "kept as files": _after(Drawing, "digest"),
    "written and not committed": _after(JobStore, "end"),
    "stored": _before(LivingMessage, "finish"),
    "sent anew": _before(JobQueue, "place_reply"),
    "uploaded": _before(JobQueue, "mark_delivered"),
}


async def _serve(data_dir: str, api_url: str, gateway_url: str, token: str, place: str) -> None:
    settings = Settings(
        _env_file=None, data_dir=Path(data_dir), discord_api_url=api_url, discord_gateway_url=gateway_url
    )
    engine = ScriptedEngine()
    PLACES[place](engine)
    judge, meaning = ScriptedJudge(), BagOfWords()
    async with open_salon(settings, engine=engine, judge=judge, meaning=meaning, pushes_commands=True) as salon:
        await serve(salon, token)


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
