"""The command tree takes as many commands on messages as Discord does."""

from __future__ import annotations

import discord
import pytest
from discord.app_commands import Command, CommandLimitReached, ContextMenu

from bot.tree import MENUS_MAX, SalonTree

MESSAGE, SLASH = discord.AppCommandType.message, discord.AppCommandType.chat_input


async def read(interaction: discord.Interaction, message: discord.Message) -> None:
    """Do nothing with a message."""


async def read_again(interaction: discord.Interaction) -> None:
    """Do nothing at all."""


def test_fifteen_commands_on_messages_are_taken_and_no_more() -> None:
    tree = SalonTree(discord.Client(intents=discord.Intents.none()))
    for number in range(MENUS_MAX):
        tree.add_command(ContextMenu(name=f"Read {number}", callback=read))
    assert len(tree.get_commands(type=MESSAGE)) == MENUS_MAX
    with pytest.raises(CommandLimitReached):
        tree.add_command(ContextMenu(name="Read once more", callback=read))


def test_one_server_is_given_all_of_them_as_its_own() -> None:
    tree = SalonTree(discord.Client(intents=discord.Intents.none()))
    tree.add_command(Command(name="read", description="Read.", callback=read_again))
    for number in range(MENUS_MAX):
        tree.add_command(ContextMenu(name=f"Read {number}", callback=read))
    server = discord.Object(7)
    for _ in range(2):
        tree.copy_global_to(guild=server)
        for kind in (MESSAGE, SLASH):
            assert set(tree.get_commands(guild=server, type=kind)) == set(tree.get_commands(type=kind))
