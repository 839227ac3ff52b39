"""The buttons under a passage and under a page."""

from __future__ import annotations

import discord

from bot.delivery.views import SalonView
from bot.stories.story import Passage
from bot.words import say
from cogs.buttons import Button, StateButton

_PRIMARY, _QUIET = discord.ButtonStyle.primary, discord.ButtonStyle.secondary


def passage_buttons(passage: Passage) -> SalonView:
    """Offer what can follow an AI passage, and the way through its alternatives where there are any."""
    view = SalonView(
        _button("continue", passage.id, style=_PRIMARY),
        _button("retry", passage.id),
        _button("steer", passage.id),
        _button("undo", passage.id),
    )
    count = len(passage.alternatives)
    if count > 1:
        place = say("story.button_place", place=passage.alternatives.index(passage.id) + 1, count=count)
        view.add_item(_button("earlier", passage.id, row=1))
        view.add_item(StateButton(Button(label=place, disabled=True, row=1), "place", passage.id))
        view.add_item(_button("later", passage.id, row=1))
    return view


def redo_button(passage_id: int) -> SalonView:
    """Offer to bring a passage back."""
    return SalonView(_button("redo", passage_id))


def page_buttons(story_id: int, since: int, page: int, count: int) -> SalonView:
    """Offer the way through pages (counted from 0); a single page needs none."""
    view = SalonView()
    goals = {"first": 0, "earlier": page - 1, "later": page + 1, "last": count - 1}
    for slot, (name, goal) in enumerate(goals.items() if count > 1 else ()):
        is_there = 0 <= goal < count and goal != page
        button = Button(label=say(f"story.button_{name}"), style=_QUIET, disabled=not is_there)
        view.add_item(StateButton(button, "page", story_id, since, max(goal, 0), slot))
    return view


def _button(
    action: str, passage_id: int, *, style: discord.ButtonStyle = _QUIET, row: int | None = None
) -> StateButton:
    return StateButton(Button(label=say(f"story.button_{action}"), style=style, row=row), action, passage_id)
