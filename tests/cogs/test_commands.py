"""What the command picker shows: everything described, in words by key, within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from bot.services import Services
from bot.tree import SalonTree
from bot.words import say
from cogs.installing import add_cogs
from tests.scripted import ScriptedEngine

Command = app_commands.Command[Any, Any, Any]


@pytest.fixture
async def tree() -> app_commands.CommandTree[Any]:
    """The commands as they are pushed; none of them is used, so no service is needed."""
    bot = commands.Bot("!", intents=discord.Intents.none(), tree_cls=SalonTree)
    nothing = dict.fromkeys(field.name for field in fields(Services))
    await add_cogs(bot, Services(**nothing), ScriptedEngine())  # type: ignore[arg-type]
    return bot.tree


def each(tree: app_commands.CommandTree[Any]) -> Iterator[Command]:
    return (found for found in tree.walk_commands() if isinstance(found, app_commands.Command))


def test_every_command_and_option_is_described_by_a_key(tree: app_commands.CommandTree[Any]) -> None:
    for command in each(tree):
        options = [parameter.locale_description for parameter in command.parameters]
        for description in (command._locale_description, *options):
            assert description is not None
            assert description.message == say(description.extras["key"])
            assert 1 <= len(description.message) <= 100


def test_every_text_option_has_a_limit_or_choices(tree: app_commands.CommandTree[Any]) -> None:
    texts = [p for command in each(tree) for p in command.parameters if p.type is discord.AppCommandOptionType.string]
    assert [p.name for p in texts if not p.choices and not p.max_value] == []


def test_stories_styles_passages_and_requests_suggest_themselves(tree: app_commands.CommandTree[Any]) -> None:
    wanted = {"story", "style", "passage", "request", "work"}
    assert all(p.autocomplete for command in each(tree) for p in command.parameters if p.name in wanted)


def test_commands_are_for_servers_only_and_settings_for_those_who_manage_them(
    tree: app_commands.CommandTree[Any],
) -> None:
    for command in tree.get_commands():
        assert command.guild_only
        is_for_admins = command.default_permissions == discord.Permissions(manage_guild=True)
        assert is_for_admins == (command.name == "settings")


def test_commands_on_messages_are_named_by_a_key(tree: app_commands.CommandTree[Any]) -> None:
    menus = tree.get_commands(type=discord.AppCommandType.message)
    assert "Describe picture" in {menu.name for menu in menus}
    for menu in menus:
        assert menu._locale_name is not None
        assert menu.name == say(menu._locale_name.extras["key"])
        assert 1 <= len(menu.name) <= 32


def test_an_option_has_its_own_words_or_those_it_shares(tree: app_commands.CommandTree[Any]) -> None:
    described = {p.description for command in each(tree) for p in command.parameters if p.name == "story"}
    assert described == {
        say("commands.option_story"),
        say("commands.story_switch_story"),
        say("commands.story_reopen_story"),
    }
