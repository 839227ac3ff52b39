"""What can go wrong, on demand."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from sandbox import NotAnswered, Sandbox
from tests.sandbox.bots import Bot, Start


@pytest.fixture
async def lounge(sandbox: Sandbox, start: Start, bot: Bot) -> discord.TextChannel:
    """#lounge, as the bot holds it."""

    @bot.tree.command(description="Think, then speak")
    async def speak(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="spoken")

    await start(bot)
    channel = bot.get_channel(sandbox.channel("lounge").id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_route_is_refused_so_many_times(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.refuse("POST", "/messages", status=403, times=2, code=50013, message="Missing Permissions")
    for _ in range(2):
        with pytest.raises(discord.Forbidden, match="50013"):
            await lounge.send("hello")
    await lounge.send("hello")
    assert [e.status for e in sandbox.log if e.method == "POST" and "/messages" in e.path] == [403, 403, 200]


async def test_a_429_on_demand_is_obeyed_by_the_client(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.refuse("POST", "/messages", status=429, retry_after_s=0.01)
    await lounge.send("hello")
    assert [m.content for m in sandbox.channel("lounge").messages] == ["hello"]


async def test_an_answer_may_get_lost_after_the_deed(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.lose_answer("POST", "/messages")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await lounge.send("hello")
    assert [m.content for m in sandbox.channel("lounge").messages] == ["hello"]


async def test_a_delay_may_cost_the_answer(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    sandbox.core.interactions.ack_within_s = 0.05
    sandbox.faults.delay("POST", "/interactions", seconds=0.1, times=1)
    with pytest.raises(NotAnswered):
        await sandbox.member("Ada").slash(sandbox.channel("lounge"), "speak")
    error = await bot.errors.get()
    assert isinstance(error, discord.NotFound)
    assert error.code == 10062


async def test_a_token_may_expire_at_once(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    @bot.tree.command(description="Speak twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("one")
        sandbox.faults.expire_token(sandbox.channel("lounge").messages[-1])
        await interaction.edit_original_response(content="two")

    await bot.tree.sync()
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "twice")
    error = await bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert error.code == 50027
    assert answer.content == "one"


async def test_a_message_may_vanish_behind_the_bots_back(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    message = await lounge.send("here today")
    sandbox.faults.delete(sandbox.channel("lounge").messages[0])
    with pytest.raises(discord.NotFound) as refused:
        await message.edit(content="gone tomorrow")
    assert refused.value.code == 10008


async def test_planned_faults_can_be_taken_back(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.refuse("POST", "/messages", times=5)
    sandbox.faults.clear()
    await lounge.send("hello")
