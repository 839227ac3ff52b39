"""The buttons under pieces and under polished texts; each knows its job by its id."""

from __future__ import annotations

import discord

from bot.delivery.views import SalonView
from bot.words import say
from cogs.buttons import Button, StateButton


def piece_buttons(job_id: int, *, draws: bool) -> SalonView:
    """Offer what can follow a piece; a picture of it where something draws."""
    names = ("again", "story", "draw", "details") if draws else ("again", "story", "details")
    critique = Button(label=say("write.button_critique"), style=discord.ButtonStyle.secondary)
    buttons = (_button(name, job_id) for name in names)
    return SalonView(*buttons, StateButton(critique, "critique_piece", job_id))


def polished_buttons(job_id: int, *, in_story: bool) -> SalonView:
    """Offer a polished text as a whole, and to put the changes into the story where the text stands in one."""
    names = ("take", "whole") if in_story else ("whole",)
    return SalonView(*(_button(name, job_id) for name in names))


def _button(name: str, job_id: int) -> StateButton:
    leading = name in ("again", "take")
    style = discord.ButtonStyle.primary if leading else discord.ButtonStyle.secondary
    return StateButton(Button(label=say(f"write.button_{name}"), style=style), f"write_{name}", job_id)
