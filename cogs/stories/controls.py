"""The buttons under a passage and under a page."""

from __future__ import annotations

import discord

from bot.delivery.views import SalonView
from bot.stories.story import Passage
from bot.words import say
from cogs.buttons import Button, StateButton

_PRIMARY, _QUIET = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
_LEADING = ("continue", "go_on")


def story_buttons(story_id: int, *, ai_speaks: bool) -> SalonView:
    """Offer to write on, and where the AI may be asked, to let it."""
    return SalonView(*way_on(story_id, ai_speaks=ai_speaks))


def way_on(story_id: int, *, ai_speaks: bool, row: int | None = None) -> list[StateButton]:
    """Make the buttons of `story_buttons`, to stand among others."""
    actions = ("write", "go_on") if ai_speaks else ("write",)
    return [_button(action, story_id, row=row) for action in actions]


def passage_buttons(passage: Passage, *, ai_speaks: bool) -> SalonView:
    """Offer what can follow a passage, and the X; for the AI's also another in its place, and the way through them."""
    if not passage.by_ai:
        return story_buttons(passage.story_id, ai_speaks=ai_speaks).add_item(_button("step_back", passage.id))
    actions = ("continue", "retry", "steer", "undo") if ai_speaks else ("undo",)
    view = SalonView(*(_button(action, passage.id) for action in actions), _button("write", passage.story_id))
    count = len(passage.alternatives)
    if count > 1:
        place = say("story.button_place", place=passage.alternatives.index(passage.id) + 1, count=count)
        view.add_item(_button("earlier", passage.id, row=1))
        view.add_item(StateButton(Button(label=place, disabled=True, row=1), "place", passage.id))
        view.add_item(_button("later", passage.id, row=1))
    return view.add_item(_button("step_back", passage.id, row=1))


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


def _button(action: str, id: int, *, row: int | None = None) -> StateButton:
    style = _PRIMARY if action in _LEADING else _QUIET
    return StateButton(Button(label=say(f"story.button_{action}"), style=style, row=row), action, id)
