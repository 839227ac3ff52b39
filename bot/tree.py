"""The command tree: what holds for every command, and the one place where their errors end."""

from __future__ import annotations

from typing import Any

import discord
from discord import AppCommandType, app_commands
from discord.abc import Snowflake

from bot.delivery.failures import explain
from bot.errors import NotAllowed

MENUS_MAX = 15


class SalonTree(app_commands.CommandTree[Any]):
    """Let commands run in servers only, and answer every failure with a sentence."""

    def add_command(self, command: Any, /, **where: Any) -> None:
        """Add a command; of those on messages Discord takes 15, where discord.py stops at the five of earlier years.

        discord.py says its limit in no place where it could be changed, so what it refuses is put where it would be.
        """
        try:
            super().add_command(command, **where)
        except app_commands.CommandLimitReached as error:
            server = discord.Object(error.guild_id) if error.guild_id else None
            others = [one for one in self.get_commands(guild=server, type=error.type) if one.name != command.name]
            if error.type is AppCommandType.chat_input or len(others) >= MENUS_MAX:
                raise
            self._context_menus[command.name, error.guild_id, error.type.value] = command

    def copy_global_to(self, *, guild: Snowflake) -> None:
        """Give a server all commands as its own, those on messages within the same limit."""
        for command in self.get_commands():
            self.add_command(command, guild=guild, override=True)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Turn away commands in direct messages."""
        if interaction.guild_id is not None:
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            await explain(interaction, NotAllowed("errors.only_in_servers"))
        return False

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Tell the member what went wrong."""
        await explain(interaction, error)
