"""A sandbox, and a real discord.py bot that is pointed at it over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from sandbox import Sandbox
from tests.sandbox.bots import Bot, Start, point_home


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A running sandbox that must stay within Discord's own description of its API."""
    async with Sandbox(validate=True) as running:
        yield running
        assert running.violations == []


@pytest.fixture
def pointed_home(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py talks to the sandbox instead of to Discord."""
    point_home(sandbox, monkeypatch)


@pytest.fixture
async def start(sandbox: Sandbox, pointed_home: None) -> AsyncIterator[Start]:
    """Log a bot in and wait until it is ready; it is closed when the test ends."""
    async with contextlib.AsyncExitStack() as stack:

        async def log_in(bot: Bot) -> Bot:
            task = asyncio.create_task(bot.start(sandbox.token))
            stack.push_async_callback(asyncio.wait, [task])
            stack.push_async_callback(bot.close)
            await sandbox.bot_ready()
            await bot.wait_until_ready()
            return bot

        yield log_in


@pytest.fixture
async def bot() -> Bot:
    """A bot that is not logged in yet: add commands, then `start(bot)`."""
    return Bot()
