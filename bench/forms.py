"""Poems in a form with the embedded model: how many keep it at the first try, and how many within three.

Each try is asked for, cleaned and checked as `/write` does it: the first is free, the second is told what the first
missed, the third is bound by a grammar. A round is ten poems of each form.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import Figure, Report
from bot.forms.ask import TRIES, Wish
from bot.forms.binding import binding_of
from bot.forms.checks import check
from bot.forms.cleaning import dressed, piece_in
from bot.forms.form import Form, form_of
from bot.forms.lines import lines_in
from bot.forms.prompts import build_request
from bot.forms.verdict import Verdict
from bot.styles.builtin import builtin_styles
from models.engine import Engine
from models.events import Finished
from models.local import LocalEngine
from models.requests import TextRequest
from models.text.config import TextModelConfig, default_cache_dir

ROUNDS = 1
EXAMPLE_LINES = 5
FORMS = ("haiku", "limerick", "sonnet", "jueju5", "jueju7")
ABOUT = (
    "snow", "a lighthouse", "an old dog", "the last train", "bread",
    "a quarrel", "moonlight", "a letter", "the market", "going home",
)  # fmt: skip
ABOUT_IN_CHINESE = ("雪", "灯塔", "老狗", "夜归", "麦田", "离别", "月夜", "家书", "市集", "还乡")


@dataclass(frozen=True, slots=True)
class Poem:
    """The tries at one poem with their verdicts; only the last can have kept the form."""

    tries: tuple[tuple[str, Verdict], ...]

    @property
    def kept_at(self) -> int | None:
        """Return the number of the try that kept the form, counted from 1."""
        return len(self.tries) if self.tries[-1][1].holds else None

    @property
    def best(self) -> str:
        """Return the try with the fewest faults."""
        return min(self.tries, key=lambda one: len(one[1].faults))[0]


async def measure(rounds: int = ROUNDS) -> Report:
    """Write every poem of every form `rounds` times, all of a round together."""
    found: dict[str, list[list[Poem]]] = {key: [] for key in FORMS}
    async with LocalEngine.open(_config()) as engine:
        for number in range(rounds):
            for key in FORMS:
                found[key].append(await _poems(engine, form_of(key), number))
    return _report(found)


async def _poems(engine: Engine, form: Form, number: int) -> list[Poem]:
    abouts = ABOUT_IN_CHINESE if form.language == "Chinese" else ABOUT
    wishes = [Wish(form.key, about, seed=100 * number + 10 * at) for at, about in enumerate(abouts)]
    return list(await asyncio.gather(*(_poem(engine, form, wish) for wish in wishes)))


async def _poem(engine: Engine, form: Form, wish: Wish) -> Poem:
    tries: list[tuple[str, Verdict]] = []
    while len(tries) < TRIES and not (tries and tries[-1][1].holds):
        seed = (wish.seed or 0) + len(tries)
        grammar = binding_of(form, seed) if len(tries) == TRIES - 1 else None
        missed = tries[-1] if tries and not grammar else None
        style = builtin_styles()[0]
        request = build_request(f"{form.key}-{seed}", form, wish, style, seed, missed=missed, grammar=grammar)
        text = piece_in(await _written(engine, request), form)
        text = dressed(text) if grammar else text
        tries.append((text, check(form, text)))
    return Poem(tuple(tries))


async def _written(engine: Engine, request: TextRequest) -> str:
    text = ""
    async for event in engine.run(request):
        if isinstance(event, Finished):
            text = event.text
    return text


def _config() -> TextModelConfig:
    chosen = os.environ.get("SALON_MODEL_CACHE")
    return TextModelConfig(cache_dir=Path(chosen) if chosen else default_cache_dir())


def _report(found: Mapping[str, Sequence[Sequence[Poem]]]) -> Report:
    figures: list[Figure] = []
    rows: list[tuple[str, ...]] = [("form", "first try", f"within {TRIES}", "an example")]
    for key, rounds in found.items():
        first = [_share(poems, within=1) for poems in rounds]
        all_tries = [_share(poems, within=TRIES) for poems in rounds]
        figures += [Figure.of(f"{key}_first", first), Figure.of(f"{key}_within_{TRIES}", all_tries)]
        rows.append((key, *(f"{sum(shares) / len(shares):.0%}" for shares in (first, all_tries)), _example(rounds)))
    note = f"{len(ABOUT)} poems of each form in each of {len(next(iter(found.values())))} round(s)."
    return Report("Poems in their form, embedded model", tuple(figures), tuple(rows), (note,))


def _share(poems: Sequence[Poem], *, within: int) -> float:
    return sum(poem.kept_at is not None and poem.kept_at <= within for poem in poems) / len(poems)


def _example(rounds: Sequence[Sequence[Poem]]) -> str:
    """Return a poem that kept its form or, where none did, the one with the fewest faults: its first lines, on one."""
    poems = [poem for poems in rounds for poem in poems]
    kept = [poem for poem in poems if poem.kept_at]
    chosen = kept[0] if kept else min(poems, key=lambda poem: min(len(verdict.faults) for _, verdict in poem.tries))
    told = " / ".join(lines_in(chosen.best)[:EXAMPLE_LINES])
    return f"{'kept' if kept else 'missed'}: {told}"
