"""An evening: a Discord on this machine, the real bot in it, and an engine that says what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import Salon, open_salon, serve
from bot.settings import Settings
from models.engine import Engine
from models.judge import PictureJudge
from sandbox import Sandbox
from sandbox.handles import Channel, Message
from sandbox.person import Person
from tests.judges import ScriptedJudge
from tests.meanings import BagOfWords
from tests.scripted import ScriptedEngine


@dataclass(frozen=True)
class Evening:
    """Who is there and where they write."""

    discord: Sandbox
    salon: Salon
    lounge: Channel

    def person(self, name: str) -> Person:
        """Return a person of the default world."""
        return self.discord.member(name)

    async def story(self, host: Person, title: str = "The Lighthouse", **options: Any) -> Message:
        """Begin a story in the lounge."""
        answer: Message = await host.slash(self.lounge, "story start", title=title, **options)
        return answer

    async def ai_passage(self, asker: Person, **options: Any) -> Message:
        """Let the AI write on, and return its finished passage."""
        answer: Message = await asker.slash(self.lounge, "story continue", **options)
        return await answer.until(is_finished)


OpenEvening = Callable[..., AbstractAsyncContextManager[Evening]]


def is_finished(message: Message) -> bool:
    """Say whether an AI passage is complete: it has its buttons."""
    return "Retry" in message.labels


def credit(message: Message) -> str:
    """Return what stands beside a passage."""
    return " ".join(embed.get("footer", {}).get("text", "") for embed in message.embeds)


@asynccontextmanager
async def salon_at(
    discord: Sandbox, data_dir: Path, engine: Engine, judge: PictureJudge | None = None
) -> AsyncIterator[Salon]:
    """Run the bot in a sandbox until the block ends; without a `judge` every picture may be shown."""
    settings = Settings(
        _env_file=None, data_dir=data_dir, discord_api_url=discord.api_url, discord_gateway_url=discord.gateway_url
    )
    judge = judge or ScriptedJudge()
    async with open_salon(settings, engine=engine, judge=judge, meaning=BagOfWords(), pushes_commands=True) as salon:
        serving = asyncio.create_task(serve(salon, discord.token))
        try:
            await discord.bot_ready()
            yield salon
        finally:
            await salon.client.close()
            serving.cancel()
            await asyncio.wait([serving])


@pytest.fixture
def discord_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put discord.py's addresses back when the test ends."""
    import discord

    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)


@pytest.fixture
async def discord(discord_here: None) -> AsyncIterator[Sandbox]:
    """A Discord that holds every request and answer against Discord's own description."""
    async with Sandbox(validate=True) as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def evening(discord: Sandbox, tmp_path: Path, engine: ScriptedEngine) -> AsyncIterator[Evening]:
    async with salon_at(discord, tmp_path, engine) as salon:
        yield Evening(discord, salon, discord.channel("lounge"))


async def both(*actions: Coroutine[Any, Any, Any]) -> list[Any]:
    """Let people act at the same instant."""
    return await asyncio.gather(*actions)
