"""Slash commands whose name is the function's and whose descriptions are words by key, and commands on messages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord.app_commands import Command, ContextMenu, describe, locale_str
from discord.app_commands import command as app_command
from discord.app_commands.checks import has_permissions
from discord.app_commands.commands import CommandCallback, GroupT, P, T

from bot.words import keys, say

may_manage = has_permissions(manage_guild=True)


def told(name: str) -> locale_str:
    """Return the words of `commands.name`, with the key beside them for whoever translates."""
    key = f"commands.{name}"
    return locale_str(say(key), key=key)


def command(group: str = "") -> Callable[[CommandCallback[GroupT, P, T]], Command[GroupT, P, T]]:
    """Make a command, of `group` or standing alone, whose description and options are told by `commands.toml`."""

    def decorate(function: CommandCallback[GroupT, P, T]) -> Command[GroupT, P, T]:
        name = function.__name__.rstrip("_")
        key = f"{group}_{name}" if group else name
        options = list(inspect.signature(function).parameters)[2:]
        described = describe(**{option: told(_option_key(key, option)) for option in options})
        return app_command(name=name, description=told(key))(described(function))

    return decorate


def message_command(
    name: str, callback: Callable[[discord.Interaction, discord.Message], Coroutine[Any, Any, None]]
) -> ContextMenu:
    """Make a command that members use on a message; its name is the words of `commands.on_message_name`.

    discord.py takes no such command from a cog by itself: it is added to the tree where the cog is.
    """
    menu = ContextMenu(name=told(f"on_message_{name}"), callback=callback)
    menu.guild_only = True
    return menu


def _option_key(command_key: str, option: str) -> str:
    own = f"{command_key}_{option}"
    return own if f"commands.{own}" in keys() else f"option_{option}"
