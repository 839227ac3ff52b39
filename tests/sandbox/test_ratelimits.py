"""Rate limits: what the headers say, and what a client that ignores them meets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from sandbox import RateLimits, Sandbox
from sandbox.ratelimits import GLOBAL
from tests.sandbox.bots import Bot, Start


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox that counts as Discord does."""
    async with Sandbox(limits=RateLimits.realistic(), validate=True) as running:
        yield running
        assert running.violations == []


async def post(session: aiohttp.ClientSession, sandbox: Sandbox, text: str) -> aiohttp.ClientResponse:
    url = f"{sandbox.api_url}/channels/{sandbox.channel('lounge').id}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with session.post(url, json={"content": text}, headers=headers) as response:
        await response.read()
        return response


async def test_the_headers_count_down(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        answers = [await post(session, sandbox, str(number)) for number in range(2)]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["4", "3"]
    assert answers[0].headers["X-RateLimit-Limit"] == "5"
    assert answers[0].headers["X-RateLimit-Bucket"] == answers[1].headers["X-RateLimit-Bucket"]


async def test_one_too_many_is_refused_and_counted(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        answers = [await post(session, sandbox, str(number)) for number in range(6)]
        body = await answers[-1].json()
        assert [answer.status for answer in answers] == [200] * 5 + [429]
        assert answers[-1].headers["Via"]
        assert 0 < body["retry_after"] <= 5
        sandbox.clock.advance(5)
        assert (await post(session, sandbox, "now")).status == 200
    assert sandbox.limits.provoked == {"POST /channels/{channel_id}/messages": 1}


async def test_fifty_a_second_are_the_most_for_everything(sandbox: Sandbox) -> None:
    sandbox.clock.now = lambda: 1_800_000_000.0  # type: ignore[method-assign]
    headers = {"Authorization": f"Bot {sandbox.token}"}
    statuses = []
    async with aiohttp.ClientSession(headers=headers) as session:
        for index in range(51):
            path = "/users/@me" if index % 2 else "/gateway"
            async with session.get(sandbox.api_url + path) as answer:
                statuses.append(answer.status)
                body = await answer.json()
    assert statuses == [200] * 50 + [429]
    assert body["global"]
    assert sandbox.limits.provoked[GLOBAL] == 1


async def test_discord_py_reads_the_headers_and_provokes_nothing(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Write a lot")
    async def lots(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        for number in range(7):
            await interaction.edit_original_response(content=str(number))

    await start(bot)
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "lots")
    await answer.until(lambda m: m.content == "6")
    assert sandbox.limits.provoked == {}


async def test_channels_have_buckets_of_their_own(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Write everywhere")
    async def everywhere(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("yes")

    await start(bot)
    channels = [bot.get_partial_messageable(sandbox.channel(name).id) for name in ("lounge", "gallery")]
    await asyncio.gather(*(channel.send(str(number)) for channel in channels for number in range(3)))
    assert sandbox.limits.provoked == {}
