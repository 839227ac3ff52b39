"""How pictures look in messages: the words they were asked with, the files, that an AI drew them, the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.delivery.draft import Draft, DraftFile, Page, ViewFactory
from bot.pictures.picture import How, Work
from bot.words import say
from cogs.pictures.captions import asked, credit_of
from cogs.pictures.controls import one_picture_buttons, own_picture_buttons, picture_buttons, scene_buttons
from models.engine import ImageCard


def drawn(works: Sequence[Work], files: Sequence[DraftFile], card: ImageCard | None, held_back: int = 0) -> Draft:
    """Draft the finished pictures of a request; say where a scene's stand, and how many more were held back."""
    notes = [
        say("picture.in_story") if works[0].how is How.ILLUSTRATE else "",
        say("picture.held_back", count=held_back) if held_back else "",
    ]
    return Draft("\n".join(filter(None, notes)), credit_of(works), view=_buttons(works, card), files=tuple(files))


def in_hand(work: Work, files: Sequence[DraftFile], card: ImageCard | None, *, is_own: bool) -> Page:
    """Show one picture to one member, with all that can follow it."""
    lines = [asked(work.how, work.member_name, work.prompt, work.style), say("picture.in_hand")]
    if work.has_file and not files:
        lines.append(say("picture.not_in_this_channel"))
    buttons = own_picture_buttons if is_own else one_picture_buttons
    return Page("\n".join(lines), credit=credit_of([work]), view=partial(buttons, work, card), files=tuple(files))


def _buttons(works: Sequence[Work], card: ImageCard | None) -> ViewFactory:
    """Choose what can follow: pictures of a scene have the way on in its story too, as they stand below its passage."""
    first, *_ = works
    if first.how is How.ILLUSTRATE and first.story_id is not None:
        return partial(scene_buttons, works, card, first.story_id)
    return partial(picture_buttons, works, card)
