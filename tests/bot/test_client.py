"""The bot waits for a Discord that is away, and stops at one that refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import SalonBot, use_discord_at
from bot.errors import Unavailable
from sandbox import Sandbox


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with Sandbox() as sandbox:
        use_discord_at(sandbox.api_url, sandbox.gateway_url)
        yield sandbox


class Rooms:
    """An installation that pushes one set of commands and remembers what happened when."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @asynccontextmanager
    async def __call__(self, bot: SalonBot) -> AsyncIterator[None]:
        await bot.tree.sync()
        self.events.append("moved in")
        yield
        self.events.append("closed" if bot.is_closed() else "moved out")


async def no_pause(seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
async def bot(rooms: Rooms) -> AsyncIterator[SalonBot]:
    async with SalonBot(rooms, sleep=no_pause, ready_timeout_s=0.05) as client:
        yield client


async def test_it_moves_in_before_the_first_event_and_out_before_the_line_is_cut(
    bot: SalonBot, rooms: Rooms, discord: Sandbox
) -> None:
    serving = asyncio.create_task(bot.serve(discord.token))
    await bot.wait_until_ready()
    assert bot.is_connected
    await bot.close()
    await serving
    assert rooms.events == ["moved in", "moved out"]
    assert not bot.is_connected


async def test_it_asks_for_no_privileged_intent(bot: SalonBot) -> None:
    assert not (bot.intents.members or bot.intents.presences or bot.intents.message_content)


async def test_a_refused_token_is_one_sentence(bot: SalonBot, discord: Sandbox) -> None:
    with pytest.raises(Unavailable, match="SALON_TOKEN"):
        await bot.serve("not-the-token")


@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot"])
async def test_a_discord_that_is_away_for_a_moment_is_waited_for(bot: SalonBot, discord: Sandbox, path: str) -> None:
    discord.faults.refuse("GET", path, status=503, times=3)
    serving = asyncio.create_task(bot.serve(discord.token))
    await bot.wait_until_ready()
    await bot.close()
    await serving


async def test_a_discord_that_is_not_there_is_waited_for(bot: SalonBot, discord: Sandbox, unused_tcp_port: int) -> None:
    use_discord_at(f"http://127.0.0.1:{unused_tcp_port}/api/v10", None)
    tries = 0

    async def there_at_last(seconds: float) -> None:
        nonlocal tries
        tries += 1
        if tries == 2:
            use_discord_at(discord.api_url, None)

    bot._sleep = there_at_last
    serving = asyncio.create_task(bot.serve(discord.token))
    await bot.wait_until_ready()
    assert tries == 2
    await bot.close()
    await serving
