"""The buttons under directions; each knows its job, and its direction's place, from 0."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.delivery.views import SalonView
from bot.words import say
from cogs.buttons import Button, StateButton


def direction_buttons(job_id: int, numbers: Sequence[int], *, draws: bool) -> SalonView:
    """Offer to begin a story from each direction that came, to draw it where something draws, and another three."""
    rows = ["story", "draw"] if draws else ["story"]
    each = [_button(action, job_id, number, row) for row, action in enumerate(rows) for number in numbers]
    another = Button(label=say("inspire.button_another"), style=discord.ButtonStyle.primary, row=len(rows))
    return SalonView(*each, StateButton(another, "inspire_another", job_id))


def _button(action: str, job_id: int, number: int, row: int) -> StateButton:
    button = Button(label=say(f"inspire.button_{action}", number=number + 1), row=row)
    return StateButton(button, f"inspire_{action}", job_id, number)
