"""Slash commands: from a person's keyboard to a real discord.py bot and back."""

from __future__ import annotations

import discord

from sandbox import Sandbox
from tests.sandbox.bots import Bot, Start


async def test_a_bot_logs_in_and_knows_its_servers(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Hello, {interaction.user.display_name}!")

    await start(bot)
    assert sorted(guild.name for guild in bot.guilds) == ["Quiet Room", "The Salon"]
    salon = bot.get_guild(sandbox.guild_id())
    assert salon is not None and salon.get_member(sandbox.member("Ada").id) is not None
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "hello")
    assert answer.content == "Hello, Ada!"
