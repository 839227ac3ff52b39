"""The buttons and menus under critiques; each knows its critique by its id."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.critique.critique import Critique, Mode
from bot.delivery.views import SalonView
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect
from cogs.critique.part import beginning_of, mode_name

MODES = tuple(Mode)
"""A menu's values are numbers: the place of a mode in its enumeration, to which others are only ever appended."""


def critique_controls(critique: Critique, *, is_shared: bool = False) -> SalonView:
    """Offer to share a critique, unless it `is_shared`, to delete it, and to have the draft read in another mode."""
    share = Button(label=say("critique.button_share"), style=discord.ButtonStyle.primary)
    delete = Button(label=say("critique.button_delete"), style=discord.ButtonStyle.secondary)
    options = [
        discord.SelectOption(label=mode_name(mode), value=str(number))
        for number, mode in enumerate(MODES)
        if mode is not critique.wish.mode
    ]
    others = Select(placeholder=say("critique.pick_mode"), options=options)
    shares = () if is_shared else (StateButton(share, "critique_share", critique.id),)
    return SalonView(
        StateSelect(others, "critique_mode", critique.id), *shares, StateButton(delete, "critique_delete", critique.id)
    )


def shelf_controls(critiques: Sequence[Critique]) -> SalonView:
    """Offer to show one of these critiques again."""
    options = [
        discord.SelectOption(label=beginning_of(one), value=str(one.id), description=mode_name(one.wish.mode))
        for one in critiques
    ]
    return SalonView(StateSelect(Select(placeholder=say("critique.pick_shown"), options=options), "critique_show"))
