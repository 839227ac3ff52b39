"""The buttons and menus of `/crit`; each knows its draft or taking by its id."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.delivery.views import SalonView
from bot.readers.draft import Desk, Draft, Taking, TakingOutcome
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect
from cogs.choices import MOST_CHOICES, shortened
from cogs.crit.captions import choice_of

_LABEL_CHARACTERS = 100


def offer_buttons(draft: Draft) -> SalonView:
    """Offer to take a draft, and to its author to take it back."""
    return SalonView(_button("take", draft.id, leads=True), _button("withdraw", draft.id))


def taking_buttons(taking: Taking) -> SalonView:
    """Offer to write the critique, or to put the draft back."""
    return SalonView(_button("write", taking.id, leads=True), _button("release", taking.id))


def told_button(taking: Taking) -> SalonView:
    """Offer to read a critique."""
    return SalonView(_button("read", taking.id, leads=True))


def thank_button(taking: Taking) -> SalonView:
    """Offer to say that a critique helped."""
    return SalonView(_button("thank", taking.id, leads=True))


def line_buttons(drafts: Sequence[Draft], reader_id: int, page: int, pages: int) -> SalonView:
    """Offer to take one of the drafts of a page, or the next in line, and the way to the other pages."""
    view = SalonView()
    others = [draft for draft in drafts if draft.author_id != reader_id]
    if others:
        view.add_item(_menu("take", [(choice_of(draft), draft.id) for draft in others]))
        view.add_item(_button("next", leads=True))
    for name, goal in (("earlier", page - 1), ("later", page + 1)):
        if 0 <= goal < pages:
            view.add_item(StateButton(Button(label=say(f"crit.button_{name}")), "crit_page", goal))
    return view


def desk_buttons(desk: Desk) -> SalonView:
    """Offer to read the critiques there are, to withdraw what waits, and to go on with what is being read."""
    view = SalonView()
    critiques = [taking for taking in (*desk.takings, *desk.read) if taking.outcome is TakingOutcome.GIVEN]
    taken = {taking.draft.id for taking in desk.takings}
    waiting = [draft for draft in desk.drafts if draft.outcome is None and draft.id not in taken]
    if critiques:
        view.add_item(_menu("read", [(_critique(taking), taking.id) for taking in critiques]))
    if waiting:
        view.add_item(_menu("withdraw", [(choice_of(draft), draft.id) for draft in waiting]))
    if desk.held:
        view.add_item(_button("take", desk.held.draft.id, label="show"))
        view.add_item(_button("write", desk.held.id, leads=True))
        view.add_item(_button("release", desk.held.id))
    return view


def _critique(taking: Taking) -> str:
    return say("crit.option_critique", title=taking.draft.title, name=taking.reader_name)


def _menu(action: str, named: Sequence[tuple[str, int]]) -> StateSelect:
    options = [
        discord.SelectOption(label=shortened(name, _LABEL_CHARACTERS), value=str(id))
        for name, id in named[:MOST_CHOICES]
    ]
    return StateSelect(Select(placeholder=say(f"crit.choose_{action}"), options=options), f"crit_{action}")


def _button(action: str, *numbers: int, leads: bool = False, label: str = "") -> StateButton:
    style = discord.ButtonStyle.primary if leads else discord.ButtonStyle.secondary
    return StateButton(Button(label=say(f"crit.button_{label or action}"), style=style), f"crit_{action}", *numbers)
