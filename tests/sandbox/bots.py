"""A bare discord.py bot for the sandbox's own tests, and the way to point it home."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox


class Bot(discord.Client):
    """A bare client with a command tree; commands are added by each test."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents.all())
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.resumed = asyncio.Event()
        self.errors: asyncio.Queue[Exception] = asyncio.Queue()

        @self.tree.error
        async def keep(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
            self.errors.put_nowait(getattr(error, "original", error))

    async def setup_hook(self) -> None:
        """Push the commands before the first event."""
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the library's five seconds are for Discord's own limit."""

    async def on_socket_event_type(self, event: str) -> None:
        """Remember every event's name."""
        self.heard.append(event)

    async def on_resumed(self) -> None:
        """Remember that a session was taken up again."""
        self.resumed.set()


Start = Callable[[Bot], Awaitable[Bot]]


def point_home(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point discord.py at a sandbox, until the test ends."""
    monkeypatch.setattr(Route, "BASE", sandbox.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(sandbox.gateway_url))
