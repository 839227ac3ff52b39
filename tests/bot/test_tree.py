"""The command tree takes as many commands on messages as Discord does."""

from __future__ import annotations

import discord
import pytest
from discord.app_commands import CommandLimitReached, ContextMenu

from bot.tree import MENUS_MAX, SalonTree


async def read(interaction: discord.Interaction, message: discord.Message) -> None:
    """Do nothing with a message."""


def test_fifteen_commands_on_messages_are_taken_and_no_more() -> None:
    tree = SalonTree(discord.Client(intents=discord.Intents.none()))
    for number in range(MENUS_MAX):
        tree.add_command(ContextMenu(name=f"Read {number}", callback=read))
    assert len(tree.get_commands(type=discord.AppCommandType.message)) == MENUS_MAX
    with pytest.raises(CommandLimitReached):
        tree.add_command(ContextMenu(name="Read once more", callback=read))
