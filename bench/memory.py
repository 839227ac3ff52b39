"""A story of 60 passages with the embedded model: what it still knows of the first one, and what a turn has to read.

People write; the model sums up in the background, as it does in Salon. When the last passage names a thing that only
the first one and a card explain, the same turn is laid out with memory and without.

- `fact_in_context`, `fact_without_memory`: the share of rounds in which the fact stands in what the model reads then.
- `tokens_used`, `tokens_of_story`: the tokens of that prompt, and those of the whole story.
- `prefix_survives`: the share of a prompt's tokens that stand before the first part that the turn before had otherwise;
  those are read from a warm row. The median of all turns from where they fill half the window.
- `first_token_warm_speedup`: how much sooner the last turn's first token comes where the turn before has left its row.
"""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.report import Figure, Report, chosen_cache_dir, number
from bot.clock import utc_now
from bot.database import Database
from bot.jobs.job import ReplyPlace
from bot.lore.card import Typed
from bot.people import Channel, Member
from bot.services import Services, build_services
from bot.settings import Settings
from bot.stories.prompting import Prompter
from bot.stories.prompts import Ask
from bot.stories.remembering import NOTHING
from bot.stories.story import Length
from bot.styles.builtin import builtin_styles
from models.engine import PromptLayout
from models.events import TextDelta
from models.judge import NsfwJudge
from models.loading import silent
from models.local import LocalEngine
from models.requests import TextRequest
from models.text.config import TextModelConfig
from models.text.loading import LoadedModel, load

ROUNDS = 1
PASSAGES = 60
SENTENCES = 6

MEMBER, CHANNEL = Member(1, "Ada", 1), Channel(10, 1)
FACT = "the brass key lies under the blue stone by the well"
CARD = Typed("The brass key", "brass key, well", f"Remember that {FACT}.")
FIRST = f"Before he left, her father told Mara that {FACT}, and that nobody else knew."
LAST = "That night Mara remembered the brass key, and went out with a lantern."
WHO = ("Mara", "the keeper", "her brother", "the captain", "old Ines", "the boy from the harbour")
DID = ("climbed the stairs", "counted the ships", "mended a net", "waited by the door", "lit a candle", "told a lie")
WHY = ("because the wind had turned", "as nobody was looking", "until the rain stopped", "without a word", "once more")
THEN = ("The sea was calm.", "A bell rang twice.", "Somebody laughed below.", "The lamp went round.", "It grew late.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What the model would read for a turn, and the request that asks it."""

    layout: PromptLayout
    request: TextRequest


@dataclass(frozen=True, slots=True)
class Round:
    """A story to its end: its turns, the last one without memory, and seconds to the last one's first token."""

    turns: Sequence[Turn]
    forgetful: PromptLayout
    story_tokens: int
    cold_s: float
    warm_s: float


async def measure(rounds: int = ROUNDS) -> Report:
    """Write one story a round, and then ask for its last turn cold and warm."""
    config = TextModelConfig(threads=1, cache_dir=chosen_cache_dir())
    loaded = load(config, silent)
    return _report([await _round(config, loaded, seed) for seed in range(rounds)])


async def _round(config: TextModelConfig, loaded: LoadedModel, seed: int) -> Round:
    with TemporaryDirectory() as folder:
        async with (
            LocalEngine.open(config, load=lambda *_: loaded) as engine,
            _services(Path(folder), engine) as services,
        ):
            turns = await _told(services, engine, random.Random(seed))
            forgetful, story_tokens = await _without_memory(services, engine)
    before, last = turns[-2].request, turns[-1].request
    async with LocalEngine.open(config, load=lambda *_: loaded) as engine:
        cold_s = await _first_token_s(engine, last)
    async with LocalEngine.open(config, load=lambda *_: loaded) as engine:
        await _first_token_s(engine, before)
        warm_s = await _first_token_s(engine, last)
    return Round(turns, forgetful, story_tokens, cold_s, warm_s)


@asynccontextmanager
async def _services(folder: Path, engine: LocalEngine) -> AsyncIterator[Services]:
    settings = Settings(_env_file=None, data_dir=folder)
    async with Database.open(settings.database_path) as database:
        services = build_services(settings, database, engine, NsfwJudge(), None, utc_now)
        async with services.queue.running():
            yield services


async def _told(services: Services, engine: LocalEngine, chance: random.Random) -> list[Turn]:
    """Write the story passage by passage; return what the model would read after each, from the second on."""
    await services.stories.start(MEMBER, CHANNEL, "The Lighthouse", FIRST)
    await services.lore.add(MEMBER, CHANNEL, CARD)
    await _ai_passage(services)
    turns = []
    for count in range(3, PASSAGES + 1):
        await services.stories.add(MEMBER, CHANNEL, LAST if count == PASSAGES else _passage(chance))
        await _summed_up(services)
        turns.append(await _turn(services, engine))
    return turns


def _passage(chance: random.Random) -> str:
    sentences = (
        f"{chance.choice(WHO).capitalize()} {chance.choice(DID)} {chance.choice(WHY)}. {chance.choice(THEN)}"
        for _ in range(SENTENCES)
    )
    return " ".join(sentences)


async def _ai_passage(services: Services) -> None:
    """Let the AI write once: of a story in which it does not, nothing is summed up."""
    job = await services.stories.continue_story(MEMBER, CHANNEL, ReplyPlace(CHANNEL.id), length=Length.LINE)
    async for _ in services.queue.watch(job.id):
        pass


async def _summed_up(services: Services) -> None:
    """Wait until nothing is left to be done in the background."""
    while jobs := await services.queue.in_background():
        for job in jobs:
            async for _ in services.queue.watch(job.id):
                pass


async def _turn(services: Services, engine: LocalEngine) -> Turn:
    prompt = await _prompt(services, services.stories.prompter)
    return Turn(await engine.layout(prompt), prompt)


async def _without_memory(services: Services, engine: LocalEngine) -> tuple[PromptLayout, int]:
    """Return the last turn without memory, and the tokens of the whole story."""
    layout = await engine.layout(await _prompt(services, Prompter(engine, NOTHING)))
    return layout, sum(count.tokens for count in layout.parts if count.part.droppable)


async def _prompt(services: Services, prompter: Prompter) -> TextRequest:
    story = await services.stories.story(MEMBER, CHANNEL)
    path = await services.stories.passages(MEMBER, CHANNEL)
    prompt = await prompter.prompt(f"bench-{len(path)}", story, builtin_styles()[0], path, Ask(), seed=0)
    return prompt.request


async def _first_token_s(engine: LocalEngine, request: TextRequest) -> float:
    began = time.perf_counter()
    first = began
    async for event in engine.run(replace(request, max_new_tokens=8)):
        if first == began and isinstance(event, TextDelta):
            first = time.perf_counter()
    return first - began


def survives(before: PromptLayout, after: PromptLayout) -> float:
    """Return the share of a prompt's tokens before the first part that the prompt before had otherwise."""
    old, new = ([count for count in layout.parts if not count.dropped] for layout in (before, after))
    same = 0
    for one, other in zip(old, new, strict=False):
        if one.part != other.part:
            break
        same += other.tokens
    return same / sum(count.tokens for count in new)


def _holds(layout: PromptLayout) -> bool:
    return FACT in layout.text


def _surviving(one: Round) -> list[float]:
    """Return what survives of each prompt once they fill half the window."""
    pairs = zip(one.turns, one.turns[1:], strict=False)
    return [survives(old.layout, new.layout) for old, new in pairs if 2 * old.layout.tokens > old.layout.window_tokens]


def _report(rounds: Sequence[Round]) -> Report:
    last = [one.turns[-1].layout for one in rounds]
    figures = (
        Figure.of("fact_in_context", [float(_holds(layout)) for layout in last], ">= 1"),
        Figure.of("fact_without_memory", [float(_holds(one.forgetful)) for one in rounds]),
        Figure.of("tokens_used", [layout.tokens for layout in last]),
        Figure.of("tokens_of_story", [one.story_tokens for one in rounds]),
        Figure.of("prefix_survives", [median(_surviving(one)) for one in rounds]),
        Figure.of("first_token_warm_speedup", [one.cold_s / one.warm_s for one in rounds], "> 1"),
    )
    title = f"memory: the first of {PASSAGES} passages, remembered in the last turn"
    return Report(title, figures, _rows(rounds[-1]))


def _rows(one: Round) -> tuple[tuple[str, ...], ...]:
    """Show how the last turn of the last round is laid out."""
    kept = [count for count in one.turns[-1].layout.parts if not count.dropped]
    words = [count for count in kept if count.part.droppable]
    return (
        ("what", "parts", "tokens"),
        ("read word for word", str(len(words)), number(sum(count.tokens for count in words))),
        ("rules, cards, what is told in short and what is asked", str(len(kept) - len(words)),
         number(sum(count.tokens for count in kept if not count.part.droppable))),
        ("seconds to the first token, cold", "-", number(one.cold_s)),
        ("seconds to the first token, warm", "-", number(one.warm_s)),
    )  # fmt: skip
