"""The buttons under pictures: what the pipeline can, for one picture or for several."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.delivery.views import SalonView
from bot.errors import SalonError
from bot.pictures.picture import Work
from bot.pictures.rules import larger_size
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect
from cogs.stories.controls import way_on
from models.engine import ImageCard

_PRIMARY, _QUIET, _DANGER = (
    discord.ButtonStyle.primary,
    discord.ButtonStyle.secondary,
    discord.ButtonStyle.danger,
)


def picture_buttons(works: Sequence[Work], card: ImageCard | None) -> SalonView:
    """Offer what can follow pictures of one message; of several one is taken up first."""
    first, *others = works
    if not others:
        return one_picture_buttons(first, card)
    ids = [work.id for work in works]
    view = SalonView(_button("again", first.id), _button("prompt", first.id))
    view.add_item(_button("details", *ids)).add_item(_button("delete", *ids))
    options = [picture_option(say("picture.one_of", number=number), id) for number, id in enumerate(ids, start=1)]
    return view.add_item(StateSelect(Select(placeholder=say("picture.choose_one"), options=options), "picture_one"))


def scene_buttons(works: Sequence[Work], card: ImageCard | None, story_id: int) -> SalonView:
    """Offer what can follow pictures of a scene, and the way on in its story, which stands below its passage now."""
    view = picture_buttons(works, card)
    for button in way_on(story_id, ai_speaks=True, row=2):
        view.add_item(button)
    return view


def one_picture_buttons(work: Work, card: ImageCard | None) -> SalonView:
    """Offer all that can follow one picture."""
    draws = [name for name, can in (("vary", _can_vary(card)), ("larger", _can_enlarge(work, card))) if can]
    view = SalonView(*(_button(name, work.id, row=0) for name in ("again", "prompt", *draws)))
    for name in ("story", "details", "delete"):
        view.add_item(_button(name, work.id, row=1))
    return view


def own_picture_buttons(work: Work, card: ImageCard | None) -> SalonView:
    """Offer all that can follow a picture of one's own, its consent too."""
    name = "hide" if work.may_show else "show"
    button = Button(label=say(f"picture.button_{name}"), style=_QUIET, row=1)
    return one_picture_buttons(work, card).add_item(StateButton(button, f"picture_{name}", work.id))


def picture_option(label: str, work_id: int) -> discord.SelectOption:
    """Offer a picture to be chosen, with the number that it goes by everywhere."""
    return discord.SelectOption(label=label, value=str(work_id), description=say("picture.known_as", id=work_id))


def delete_button(ids: Sequence[int]) -> SalonView:
    """Ask once more before pictures are deleted."""
    return SalonView(StateButton(Button(label=say("picture.delete"), style=_DANGER), "picture_gone", *ids))


def untie_button(tie_id: int) -> SalonView:
    """Offer to take a picture out of its story."""
    return SalonView(_button("untie", tie_id))


def _can_vary(card: ImageCard | None) -> bool:
    return card is not None and card.edits is not None


def _can_enlarge(work: Work, card: ImageCard | None) -> bool:
    try:
        return card is not None and larger_size((work.width, work.height), card) is not None
    except SalonError:
        return False


def _button(name: str, *ids: int, row: int | None = None) -> StateButton:
    style = _PRIMARY if name == "again" else _QUIET
    return StateButton(Button(label=say(f"picture.button_{name}"), style=style, row=row), f"picture_{name}", *ids)
