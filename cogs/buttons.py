"""Buttons and menus whose custom_id says all they need, so that they work after a restart.

A press is an event of the client: the cog that knows the action listens with `@pressed("action")`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Self, cast

import discord
from discord.ext import commands

from bot.delivery.failures import Callback, P, explained
from bot.delivery.failures import Self as CogT
from bot.errors import NotFound

Button = discord.ui.Button[discord.ui.View]
Select = discord.ui.Select[discord.ui.View]

_STATE = r"(?P<action>[a-z_]+)(?P<numbers>(?::\d+)*)"


class StateButton(discord.ui.DynamicItem[Button], template=f"press:{_STATE}"):
    """A button that is an action and a few numbers."""

    def __init__(self, button: Button, action: str, *numbers: int) -> None:
        button.custom_id = _id("press", action, numbers)
        super().__init__(button)
        self._action = action
        self._numbers = numbers

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the action and its numbers out of the custom_id."""
        assert isinstance(item, discord.ui.Button)
        return cls(item, match["action"], *_numbers(match))

    @explained
    async def callback(self, interaction: discord.Interaction) -> None:
        """Tell the client that the button was pressed."""
        _hand_over(interaction, self._action, *self._numbers)


class StateSelect(discord.ui.DynamicItem[Select], template=f"choose:{_STATE}"):
    """A menu of numbers that is an action and a few numbers; the one chosen is handed over after those."""

    def __init__(self, select: Select, action: str, *numbers: int) -> None:
        select.custom_id = _id("choose", action, numbers)
        super().__init__(select)
        self._action = action
        self._numbers = numbers

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the action and its numbers out of the custom_id."""
        assert isinstance(item, discord.ui.Select)
        return cls(item, match["action"], *_numbers(match))

    @explained
    async def callback(self, interaction: discord.Interaction) -> None:
        """Tell the client what was chosen."""
        _hand_over(interaction, self._action, *self._numbers, int(self.item.values[0]))


def pressed(action: str) -> Callable[[Callback[CogT, P]], Callback[CogT, P]]:
    """Listen for presses of an action's buttons; what fails is explained to whoever pressed."""

    def decorate(method: Callback[CogT, P]) -> Callback[CogT, P]:
        return commands.Cog.listener(f"on_press_{action}")(explained(method))

    return decorate


def number_under(message: discord.Message, action: str) -> int | None:
    """Return what a message's button for an action is about; None where it has no such button."""
    ids = (
        item.custom_id or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
    )
    found = (re.fullmatch(f"press:{action}:(\\d+)", custom_id) for custom_id in ids)
    return next((int(match[1]) for match in found if match), None)


def _hand_over(interaction: discord.Interaction, action: str, *numbers: int) -> None:
    """Dispatch a press; raise `NotFound` where an update took away whoever listened."""
    if f"on_press_{action}" not in cast("commands.AutoShardedBot", interaction.client).extra_events:
        raise NotFound("errors.bygone_button")
    interaction.client.dispatch(f"press_{action}", interaction, *numbers)


def _id(prefix: str, action: str, numbers: Sequence[int]) -> str:
    return ":".join([prefix, action, *map(str, numbers)])


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(number) for number in match["numbers"].split(":")[1:]]
