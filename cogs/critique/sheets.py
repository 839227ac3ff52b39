"""How the critique of a picture looks: its sheet, and the notes below."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.delivery.draft import Draft
from bot.delivery.views import SalonView
from bot.jobs.job import Job
from bot.picture_critique.ask import Remark, Remarks
from bot.picture_critique.service import Study
from bot.pictures.rules import ALT_MAX
from bot.words import say
from cogs.buttons import Button, StateButton
from cogs.choices import shortened
from cogs.shown import DESCRIPTION_CHARACTERS, plain

SHEET = "composition.webp"


class PictureNotesPresenter:
    """Presents jobs of the kinds `picture.study` and `picture.note`."""

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say nothing above the notes: the sheet stands there."""
        return ()

    async def present(self, job: Job) -> Draft:
        """Draft the notes."""
        return notes_of(Remarks.of(job.result or {}))


def notes_of(remarks: Remarks) -> Draft:
    """Draft notes in one message, so that all of it can be shared."""
    body = shortened(_body(remarks), DESCRIPTION_CHARACTERS)
    return Draft("", say("picture_critique.credit", model=remarks.model), view=share_button, notice=body)


def share_button() -> SalonView:
    """Offer to show the message to everyone."""
    button = Button(label=say("picture_critique.share"), style=discord.ButtonStyle.secondary)
    return SalonView(StateButton(button, "critique_sheet_share"))


def alt_of(study: Study) -> str:
    """Tell those who cannot see the sheet what it shows."""
    return say("picture_critique.alt", facts=" ".join(study.facts))[:ALT_MAX]


def _body(remarks: Remarks) -> str:
    if remarks.plain:
        return plain(remarks.plain)
    sections = [say("critique.strength"), say("critique.issue")]
    told = [
        f"**{name}**\n{plain(text)}" for name, text in zip(sections, (remarks.strength, remarks.issue), strict=True)
    ]
    return "\n\n".join([*told, *map(_noted, remarks.notes)])


def _noted(remark: Remark) -> str:
    kind = say(f"picture_critique.kind_{remark.kind.replace(' ', '_')}")
    place = say(f"overlays.{remark.region.replace(' ', '_')}")
    return f"**{kind}** · {place}\n{plain(remark.effect)}\n→ {plain(remark.advice)}"
