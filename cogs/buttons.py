"""Buttons and menus whose custom_id says all they need, so that they work after a restart.

A press is an event of the client: the cog that knows the action listens with `@pressed("action")`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Self

import discord
from discord.ext import commands

from bot.delivery.failures import Callback, P, explained
from bot.delivery.failures import Self as CogT

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

    async def callback(self, interaction: discord.Interaction) -> None:
        """Tell the client that the button was pressed."""
        interaction.client.dispatch(f"press_{self._action}", interaction, *self._numbers)


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

    async def callback(self, interaction: discord.Interaction) -> None:
        """Tell the client what was chosen."""
        chosen = int(self.item.values[0])
        interaction.client.dispatch(f"press_{self._action}", interaction, *self._numbers, chosen)


def pressed(action: str) -> Callable[[Callback[CogT, P]], Callback[CogT, P]]:
    """Listen for presses of an action's buttons; what fails is explained to whoever pressed."""

    def decorate(method: Callback[CogT, P]) -> Callback[CogT, P]:
        return commands.Cog.listener(f"on_press_{action}")(explained(method))

    return decorate


def _id(prefix: str, action: str, numbers: Sequence[int]) -> str:
    return ":".join([prefix, action, *map(str, numbers)])


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(number) for number in match["numbers"].split(":")[1:]]
