"""A Discord on this machine, and discord.py pointed at it until the test ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import use_discord_at
from bot.database import Database
from sandbox import Sandbox
from tests.bot.delivery.studio import Studio
from tests.scripted import ScriptedEngine


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with Sandbox(validate=True) as sandbox:
        use_discord_at(sandbox.api_url, sandbox.gateway_url)
        yield sandbox
        assert sandbox.violations == []


@pytest.fixture
def studio(discord: Sandbox, database: Database, engine: ScriptedEngine) -> Studio:
    """A bot that is not started yet; its clock is the sandbox's, its messages change as soon as there is news."""
    return Studio(discord, database, engine, clock=lambda: datetime.fromtimestamp(discord.clock.now(), UTC))
