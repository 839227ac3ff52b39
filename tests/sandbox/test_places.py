"""Channels, threads, direct messages and who may do what in them."""

from __future__ import annotations

import discord
import pytest

from sandbox import Refused, Sandbox
from tests.sandbox.bots import Bot, Start


@pytest.fixture
async def lounge(sandbox: Sandbox, start: Start, bot: Bot) -> discord.TextChannel:
    """#lounge, as the bot holds it."""

    @bot.tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hello")

    await start(bot)
    channel = bot.get_channel(sandbox.channel("lounge").id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_thread_grows_from_a_message(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    message = await lounge.send("The Lighthouse")
    thread = await message.create_thread(name="The Lighthouse")
    await thread.send("Once upon a time")
    (seen,) = sandbox.channel("lounge").threads
    assert thread.id == message.id == seen.id
    assert [m.content for m in seen.messages if m.author == sandbox.bot][-1] == "Once upon a time"
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="again")
    assert refused.value.code == 160004


async def test_a_thread_of_a_channel_is_told_there(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    thread = await lounge.create_thread(name="Night", type=discord.ChannelType.public_thread)
    assert [m.content for m in sandbox.channel("lounge").messages] == ["Night"]
    await thread.edit(name="Day", archived=True)
    assert sandbox.channel("Day").record.archived
    await thread.send("awake")
    assert not sandbox.channel("Day").record.archived
    await thread.delete()
    with pytest.raises(KeyError):
        sandbox.channel("Day")


async def test_a_private_thread_is_for_its_members(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    thread = await lounge.create_thread(name="Secret", type=discord.ChannelType.private_thread)
    ben, secret = sandbox.member("Ben"), sandbox.channel("Secret")
    with pytest.raises(Refused, match="do not have permission"):
        await ben.say(secret, "let me in")
    await thread.add_user(discord.Object(ben.id))
    await ben.say(secret, "thank you")
    assert [m.content for m in ben.sees(secret)] == ["thank you"]


async def test_commands_work_in_threads(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    ada = sandbox.member("Ada")
    thread = ada.start_thread(sandbox.channel("lounge"), "Talk")
    assert (await ada.slash(thread, "hello")).content == "hello"


async def test_the_bot_writes_to_a_person(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    ada = await bot.fetch_user(sandbox.member("Ada").id)
    await ada.send("psst")
    assert [m.content for m in sandbox.member("Ada").sees(sandbox.member("Ada").direct())] == ["psst"]


async def test_a_channel_may_forbid_writing(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.forbid(sandbox.channel("lounge"))
    with pytest.raises(discord.Forbidden) as refused:
        await lounge.send("hello?")
    assert refused.value.code == 50013
    sandbox.faults.allow(sandbox.channel("lounge"))
    await lounge.send("hello!")


async def test_a_channel_may_be_hidden(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.forbid(sandbox.channel("lounge"), see=False)
    with pytest.raises(discord.Forbidden) as refused:
        await lounge.send("hello?")
    assert refused.value.code == 50001


async def test_an_interaction_is_answered_even_where_the_bot_may_not_write(
    sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot
) -> None:
    sandbox.faults.forbid(sandbox.channel("lounge"))
    assert (await sandbox.member("Ada").slash(sandbox.channel("lounge"), "hello")).content == "hello"


async def test_a_channel_that_is_not_there_is_unknown(bot: Bot, lounge: discord.TextChannel) -> None:
    with pytest.raises(discord.NotFound) as refused:
        await bot.fetch_channel(1)
    assert refused.value.code == 10003


async def test_rest_tells_who_and_what_is_in_a_server(sandbox: Sandbox, bot: Bot, lounge: discord.TextChannel) -> None:
    guild = await bot.fetch_guild(sandbox.guild_id())
    assert guild.approximate_member_count == 7
    assert [channel.name for channel in await guild.fetch_channels()][:2] == ["lounge", "story-night"]
    assert {role.name for role in await guild.fetch_roles()} == {"@everyone", "Hosts", "Salon"}
    assert (await guild.fetch_member(sandbox.member("Esra").id)).display_name == "Esra"
    assert len([member async for member in guild.fetch_members(limit=None)]) == 7
    assert (await lounge.guild.active_threads()) == []
    with pytest.raises(discord.NotFound) as refused:
        await guild.fetch_member(1)
    assert refused.value.code == 10007
    with pytest.raises(discord.NotFound) as unknown:
        await bot.fetch_user(1)
    assert unknown.value.code == 10013
