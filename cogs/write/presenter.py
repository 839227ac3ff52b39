"""Finished pieces and polished texts as the answers to their jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from bot.delivery.draft import Draft
from bot.forms.ask import TRIES, Ask, Piece, material_of
from bot.forms.checks import check
from bot.forms.form import form_of
from bot.forms.service import FormService
from bot.jobs.asker import asker_of
from bot.jobs.job import Job
from bot.words import say
from cogs.shown import plain
from cogs.write.captions import asked, credit_of, diff, in_words
from cogs.write.controls import piece_buttons, polished_buttons


class PiecePresenter:
    """Presents jobs of the kind `forms.write`."""

    def __init__(self, forms: FormService) -> None:
        self._forms = forms

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the piece who asked for what and, while it is made anew, which try this is."""
        ask = Ask.of(job)
        head = asked(ask)
        if ask.tries and not job.state.has_ended:
            head = f"{head}\n-# {say('write.trying', number=len(ask.tries) + 1, count=TRIES)}"
        return [Draft(head, heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft the piece exactly as it was written and, below it, what of its form holds and what does not."""
        ask, piece = Ask.of(job), Piece.of(job.result or {})
        verdict = await asyncio.to_thread(check, form_of(ask.wish.form), piece.text)
        draws = self._forms.engine.image_card is not None
        return Draft(
            f"{piece.text}\n\n{in_words(verdict, piece)}",
            credit_of(ask, piece),
            say("delivery.goes_on"),
            partial(piece_buttons, job.id, draws=draws),
        )


class PolishPresenter:
    """Presents jobs of the kind `forms.polish`."""

    def __init__(self, forms: FormService) -> None:
        self._forms = forms

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the changes who asked for them."""
        return [Draft(say("write.asks_polished", name=plain(asker_of(job).name)), heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft what would change in the text."""
        polished = await self._forms.polished_in(job)
        material = material_of(job)
        in_story = bool(material and material.passage_id is not None)
        buttons = partial(polished_buttons, job.id, in_story=in_story)
        credit = say("write.credit_polished", model=(job.result or {})["model"])
        return Draft(diff(polished), credit, say("delivery.goes_on"), buttons if polished.edits else None)
