"""The tries at a piece: each is held against its form, and one that misses goes on as the next, up to three.

The first is free, the second is told what the first missed, and the last is bound by a grammar where the form has one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import Unavailable
from bot.forms.ask import SEEDS, TRIES, WRITE, Ask, Piece, Try
from bot.forms.binding import binding_of, can_bind
from bot.forms.checks import check
from bot.forms.cleaning import dressed, piece_in
from bot.forms.desk import FormDesk
from bot.forms.form import Form, form_of
from bot.forms.prompts import build_request
from bot.forms.verdict import Verdict
from bot.jobs.asker import channel_of
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from models.events import Finished, Result
from models.requests import TextRequest


@dataclass(frozen=True, slots=True)
class Judged:
    """All tries so far, and how many faults each has."""

    tries: tuple[Try, ...]
    faults: tuple[int, ...]

    @property
    def is_done(self) -> bool:
        """Say whether no further try is made."""
        return self.faults[-1] == 0 or len(self.tries) >= TRIES

    @property
    def best(self) -> int:
        """Return the place of the try with the fewest faults that has any text, the first of equals."""
        return min(range(len(self.tries)), key=lambda at: (not self.tries[at].text, self.faults[at]))


class Trying(Handler):
    """Handles the jobs that write a piece; their result is the best try, whether or not it keeps the form."""

    def __init__(self, desk: FormDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze the next try from things as they stand now; the channel's policy is asked again."""
        ask = Ask.of(job)
        await self._desk.check_ai(channel_of(job))
        form = form_of(ask.wish.form)
        style = await self._desk.styles.get_or_default(job.server_id, ask.wish.style)
        material = await self._desk.text_of(job.server_id, ask.material) if ask.material else ""
        seed = _seed(job, ask)
        grammar = await asyncio.to_thread(binding_of, form, seed) if _is_last(ask) else None
        missed = await _judged(form, ask.tries[-1]) if ask.tries and not grammar else None
        banned = await self._desk.phrases.of(job.server_id)
        return build_request(f"job-{job.id}", form, ask.wish, style, seed, material, missed, grammar, banned)

    async def digest(self, job: Job, result: Result) -> Judged:
        """Hold what was written against its form, beside the tries before."""
        assert isinstance(result, Finished)
        ask = Ask.of(job)
        form = form_of(ask.wish.form)
        tries = (*ask.tries, _tried(form, result.text, _seed(job, ask), is_last=_is_last(ask)))
        verdicts = [(await _judged(form, one))[1] for one in tries]
        return Judged(tries, tuple(len(verdict.faults) for verdict in verdicts))

    async def finish(self, job: Job, product: Judged) -> Mapping[str, Any] | GoesOn:
        """Keep the best try, or go on to the next."""
        ask = Ask.of(job)
        if not product.is_done:
            return GoesOn(WRITE, replace(ask, tries=product.tries).told)
        best = product.tries[product.best]
        if not best.text:
            raise Unavailable("forms.wrote_nothing")
        piece = Piece(
            text=best.text,
            seed=best.seed,
            is_bound=best.is_bound,
            number=product.best + 1,
            tries=len(product.tries),
            model=self._desk.engine.card.name,
            style=ask.wish.style,
        )
        return piece.told


def _is_last(ask: Ask) -> bool:
    """Say whether the next try is the last: it is held to the form where a grammar can."""
    return len(ask.tries) == TRIES - 1


def _tried(form: Form, said: str, seed: int, *, is_last: bool) -> Try:
    is_bound, text = is_last and can_bind(form), piece_in(said, form)
    return Try(dressed(text) if is_bound else text, seed, is_bound)


async def _judged(form: Form, one: Try) -> tuple[str, Verdict]:
    """Check a try in a thread: the first check of all reads a whole dictionary."""
    return one.text, await asyncio.to_thread(check, form, one.text)


def _seed(job: Job, ask: Ask) -> int:
    """Return the seed of the next try: each draws another."""
    first = seed_of(job) if ask.wish.seed is None else ask.wish.seed
    return (first + len(ask.tries)) % SEEDS
