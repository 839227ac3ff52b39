"""Twenty turns of a story with the embedded model: how often it repeats itself with DRY and XTC, and without.

A round is one opening, written on in three ways at the same time: without either, with both, and with both and a list
of banned phrases. `repeated_4grams_*` are the runs of four words that the AI had written before, for every 1,000 words;
`banned_said` counts the phrases of the list that are said although they are banned.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from bench.report import Figure, Report, chosen_cache_dir, number
from bench.writing.repeats import repeated_runs, times_said
from models.engine import Engine
from models.events import Finished
from models.local import LocalEngine
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig

ROUNDS = 3
TURNS = 20
PASSAGE_TOKENS = 48
RULES = PromptPart("rules", Role.SYSTEM, "You write the next passage of a story. Write clear, natural prose.")
ASKED = PromptPart("request", Role.USER, "[Write one paragraph that goes on from here.]")
OPENINGS = (
    "The lamp had not been lit for years. Mara climbed the stairs with a box of matches.",
    "At six the market opened, and old Tomas sold the first of his three remaining clocks.",
    "The letter had been under the door since morning. Nobody in the house wanted to pick it up.",
    "On the night train to the coast a stranger asked her to hold his bird for a minute.",
    "The well had been dry since the spring, so the children used it to keep their secrets in.",
)
PLAIN = Sampling(dry_multiplier=0)
VARIED = Sampling(xtc_probability=0.5)
PHRASES = ("as if", "for a moment", "the sound of", "a sense of", "the air was", "could not", "began to", "seemed to")


@dataclass(frozen=True, slots=True)
class Way:
    """How a story is written on."""

    name: str
    sampling: Sampling
    banned: tuple[str, ...] = ()


WAYS = (Way("without", PLAIN), Way("with DRY and XTC", VARIED), Way("and with banned phrases", VARIED, PHRASES))


async def measure(rounds: int = ROUNDS) -> Report:
    """Write every story in every way, all of them at once."""
    config = TextModelConfig(threads=1, slots=8, cache_dir=chosen_cache_dir())
    told = [(way, number) for number in range(rounds) for way in WAYS]
    async with LocalEngine.open(config) as engine:
        stories = await asyncio.gather(*(_story(engine, way, number) for way, number in told))
    return _report([stories[start : start + len(WAYS)] for start in range(0, len(stories), len(WAYS))])


async def _story(engine: Engine, way: Way, number: int) -> list[str]:
    """Let the AI write its turns one after the other and return them."""
    passages = [OPENINGS[number % len(OPENINGS)]]
    for turn in range(TURNS):
        parts = [PromptPart("passage", Role.USER, passage, droppable=True) for passage in passages]
        name, sampling = f"{way.name}-{number}", replace(way.sampling, seed=1000 * number + turn)
        request = TextRequest(
            f"{name}-{turn}", (RULES, *parts, ASKED), PASSAGE_TOKENS, sampling, warm_key=name, banned=way.banned
        )
        *_, last = [event async for event in engine.run(request)]
        assert isinstance(last, Finished)
        passages.append(last.text)
    return passages[1:]


def _report(rounds: Sequence[Sequence[list[str]]]) -> Report:
    without, with_both, banned = ([repeated_runs(one) for one in way] for way in zip(*rounds, strict=True))
    ratios = [one / max(other, 1e-9) for one, other in zip(with_both, without, strict=True)]
    said = [[times_said(one, PHRASES) for one in way] for way in zip(*rounds, strict=True)]
    figures = (
        Figure.of("repeated_4grams_without", without),
        Figure.of("repeated_4grams_with", with_both),
        Figure.of("repeated_4grams_ratio", ratios, "< 1"),
        Figure.of("banned_said", said[-1], "= 0"),
    )
    rows = [("way", "repeated 4-grams a 1,000 words", "phrases of the list said in all", "an example, its end")]
    for way, repeated, times, story in zip(WAYS, (without, with_both, banned), said, rounds[0], strict=True):
        rows.append((way.name, number(median(repeated)), str(sum(times)), story[-1].replace("\n", " ")))
    return Report(f"repetition: {len(rounds)} stories of {TURNS} turns each way", figures, tuple(rows))
