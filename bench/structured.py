"""Answers in JSON: how many keep their shape with the grammar and without it, and what the grammar costs.

- `valid_first`, `valid_repaired`, `valid`: the share of answers that have their shape at the first try, only at the
  second, and at all. The second try is asked as `bot.answers` asks it; the same questions go without a grammar beside.
- `grammar_cost`: how much more processor time eight rows take for equally many tokens, from the last first token to the
  end. With one thread that is the time that passes where nobody else works, and a busy machine does not blur it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Literal

from pydantic import Field

from bench.report import Figure, Report, chosen_cache_dir, number
from bot.answers.asking import again, shaped
from bot.answers.reading import Flaw, read
from bot.answers.shape import Shape
from models.events import Finished, FinishReason, TextDelta
from models.loading import silent
from models.local import LocalEngine
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig
from models.text.loading import LoadedModel, load

ROUNDS = 5
ANSWER_TOKENS = 320
TIGHT_TOKENS = 100  # cut some answers off, so that the second try is seen
TIMED_TOKENS = 128
RULES = PromptPart("rules", Role.SYSTEM, "You are a careful reader. You quote the draft word for word.")
DRAFTS = (
    "It was a dark and stormy night; the rain fell in torrents, except at occasional intervals.",
    "Mara climbs the stairs of the lighthouse. She was tired, and the lamp had gone out hours before.",
    "The letter lay on the table. Nobody had opened it, and everybody knew what it said.",
    "He walked very slowly, extremely slowly, and it was really a very cold and very quiet morning.",
    "The harbour smelled of tar and oranges. A boy counted ships and lied about the number.",
    "As you know, brother, our father, the king, died ten years ago, and since then we have had no peace.",
    "Snow on the roof. Snow on the road. In the kitchen my grandmother sharpened the same knife again.",
    "The machine woke up and asked for its name, and there was no one left who remembered it.",
)


class Note(Shape):
    """One remark on a draft."""

    quote: str = Field(max_length=80, description="words of the draft")
    kind: Literal["cliché", "exposition", "purple prose", "tense", "word choice"]
    suggestion: str = Field(max_length=120)


class Critique(Shape):
    """What a reader has to say of a draft."""

    strength: str = Field(min_length=1, max_length=120)
    notes: list[Note] = Field(min_length=1, max_length=3)


class Endless(Shape):
    """An answer that `TIMED_TOKENS` do not finish."""

    notes: list[Note] = Field(min_length=TIMED_TOKENS, max_length=TIMED_TOKENS)


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares of the answers that were valid at the first try, and only at the second."""

    first: float
    repaired: float


@dataclass(frozen=True, slots=True)
class Round:
    """The same questions with the grammar, in few tokens, and without; and the processor's seconds for eight rows."""

    bound: Tally
    tight: Tally
    free: Tally
    bound_s: float
    free_s: float


async def measure(rounds: int = ROUNDS) -> Report:
    """Ask for eight critiques a round in each way; then time two of them, after one round to warm up."""
    config = TextModelConfig(threads=1, slots=len(DRAFTS), cache_dir=chosen_cache_dir())
    loaded = load(config, silent)
    tallies = await _tallies(config, loaded, rounds)
    # Without tokens that end a turn all write equally much, so that only speed differs.
    times = await _times(config, replace(loaded, ends=frozenset()), rounds + 1)
    return _report([Round(*shares, *seconds) for shares, seconds in zip(tallies, times[1:], strict=True)])


async def _tallies(config: TextModelConfig, loaded: LoadedModel, rounds: int) -> list[tuple[Tally, Tally, Tally]]:
    async with LocalEngine.open(config, load=lambda *_: loaded) as engine:
        return [
            (
                await _tally(engine, seed, bound=True),
                await _tally(engine, seed, bound=True, tokens=TIGHT_TOKENS),
                await _tally(engine, seed, bound=False),
            )
            for seed in range(rounds)
        ]


async def _times(config: TextModelConfig, loaded: LoadedModel, rounds: int) -> list[tuple[float, float]]:
    async with LocalEngine.open(config, load=lambda *_: loaded) as engine:
        return [await _both(engine, seed) for seed in range(rounds)]


async def _tally(engine: LocalEngine, seed: int, *, bound: bool, tokens: int = ANSWER_TOKENS) -> Tally:
    """Ask about every draft at once, and count the tries that each answer takes."""
    questions = [replace(shaped(_question(draft, seed), Critique), max_new_tokens=tokens) for draft in DRAFTS]
    tries = await asyncio.gather(*(_tries(engine, question, bound=bound) for question in questions))
    return Tally(tries.count(1) / len(tries), tries.count(2) / len(tries))


async def _tries(engine: LocalEngine, question: TextRequest, *, bound: bool) -> int | None:
    """Return at which try an answer was valid, if it was."""
    for count in (1, 2):
        finished = await _finished(engine, question if bound else replace(question, schema=None))
        is_cut = finished.reason is FinishReason.LENGTH
        answer = read(finished.text if bound else _json_in(finished.text), Critique, is_cut=is_cut)
        if not isinstance(answer, Flaw):
            return count
        question = again(question, answer)
    return None


async def _both(engine: LocalEngine, seed: int) -> tuple[float, float]:
    """Time the rows with the grammar and without, now the one first, now the other."""
    seconds = {bound: await _seconds(engine, seed, bound=bound) for bound in (seed % 2 == 0, seed % 2 == 1)}
    return seconds[True], seconds[False]


async def _seconds(engine: LocalEngine, seed: int, *, bound: bool) -> float:
    """Return the processor time of all rows together from the last first token to the end.

    DRY is off: it looks at less of a text with a grammar, and would pay for a part of it.
    """
    sampling = Sampling(seed=seed, dry_multiplier=0)
    questions = [shaped(_question(draft, seed), Endless) for draft in DRAFTS]
    asked = [replace(one, max_new_tokens=TIMED_TOKENS, sampling=sampling) for one in questions]
    times = await asyncio.gather(*(_span(engine, one if bound else replace(one, schema=None)) for one in asked))
    return max(end for _, end in times) - max(first for first, _ in times)


async def _span(engine: LocalEngine, request: TextRequest) -> tuple[float, float]:
    """Return when a request's first words came, and its end."""
    first = None
    async for event in engine.run(request):
        if first is None and isinstance(event, TextDelta):
            first = time.process_time()
    end = time.process_time()
    return first or end, end


async def _finished(engine: LocalEngine, request: TextRequest) -> Finished:
    *_, last = [event async for event in engine.run(request)]
    assert isinstance(last, Finished)
    return last


def _question(draft: str, seed: int) -> TextRequest:
    part = PromptPart("draft", Role.USER, f"The draft: {draft}\nWhat works in it, and what does not?")
    return TextRequest(f"bench-{seed}", (RULES, part), ANSWER_TOKENS, Sampling(seed=100 * seed))


def _json_in(text: str) -> str:
    """Return what a text without a grammar has between its first and its last brace."""
    return text[max(text.find("{"), 0) : text.rfind("}") + 1]


def _report(rounds: Sequence[Round]) -> Report:
    figures = (
        Figure.of("valid_first", [one.bound.first for one in rounds]),
        Figure.of("valid_repaired", [one.bound.repaired for one in rounds]),
        Figure.of("valid", [one.bound.first + one.bound.repaired for one in rounds], ">= 0.95"),
        Figure.of("grammar_cost", [one.bound_s / one.free_s - 1 for one in rounds], "< 0.1"),
    )
    title = f"structured: {len(DRAFTS)} critiques at once in JSON, with the grammar and without"
    return Report(title, figures, _rows(rounds))


def _rows(rounds: Sequence[Round]) -> tuple[tuple[str, ...], ...]:
    """Show the ways beside each other (means of the shares, medians of the speeds)."""
    tokens = len(DRAFTS) * TIMED_TOKENS
    bound_speed, free_speed = (
        number(median(tokens / seconds for seconds in times))
        for times in ([one.bound_s for one in rounds], [one.free_s for one in rounds])
    )
    return (
        ("way", "valid at first", "after a repair", "tokens a processor second"),
        ("with the grammar", *_shares([one.bound for one in rounds]), bound_speed),
        (f"with the grammar, in {TIGHT_TOKENS} tokens", *_shares([one.tight for one in rounds]), "-"),
        ("without", *_shares([one.free for one in rounds]), free_speed),
    )


def _shares(tallies: Sequence[Tally]) -> tuple[str, str]:
    return f"{fmean(one.first for one in tallies):.0%}", f"{fmean(one.repaired for one in tallies):.0%}"
