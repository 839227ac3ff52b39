"""Critiques of 20 texts: whether every quote that is shown stands in its draft, and how many notes are dropped.

Each goes the whole way, from the service through the line and the check to what members see, with the embedded model
and with one that invents half of its quotes. What is shown is held against the draft here once more, in another way: a
quote has to be in it character by character. A round is one critique of every text, each round in another mode.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.report import Figure, Report, chosen_cache_dir
from bot.critique.critique import Critique, Mode, Wish
from bot.critique.modes import ways
from bot.critique.service import CritiqueService
from bot.database import Database
from bot.delivery.draft import final_pages
from bot.jobs.job import JobState, ReplyPlace
from bot.people import Channel, Member
from bot.services import build_services
from bot.settings import Settings
from bot.words import say
from cogs.critique.show import draft_of
from models.engine import Engine, EngineStats, ModelCard, PartCount, PromptLayout
from models.events import Event, Finished, FinishReason, Started
from models.judge import NsfwJudge
from models.local import LocalEngine
from models.requests import Request, TextRequest
from models.text.config import TextModelConfig

ROUNDS = 10
AT_ONCE = 8
TEXTS = Path(__file__).parent.parent / "tests" / "data" / "critique"
MODES = tuple(ways())
SERVER, CHANNEL = 1, Channel(10, 1)
QUOTED_WORDS = 12
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_ESCAPED = re.compile(r"\\(.)")
_IN_MARKS = re.compile(r"[\"\u201c]((?:[^\s\"\u201c\u201d]+ +){3,}[^\"\u201c\u201d]*)[\"\u201d]")  # four words or more
_INVENTED = "and there the old dragon wept for the lost moon"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a round of critiques came to."""

    shown: int
    true: int
    kept: int
    dropped: int
    critiques: int
    failed: int

    @property
    def quotes_true(self) -> float:
        """Return the share of the quotes shown that stand in their drafts."""
        return self.true / self.shown if self.shown else 1.0

    @property
    def notes_dropped(self) -> float:
        """Return the share of the notes that were dropped."""
        return self.dropped / max(1, self.kept + self.dropped)


class Inventor:
    """An engine that answers at once: two notes whose quotes stand in the draft, and two whose quotes do not."""

    card = ModelCard("inventor", "none", "none", "none", window_tokens=4096)
    image_card = None
    sight_card = None

    async def run(self, request: Request) -> AsyncIterator[Event]:
        """Answer a question about a draft."""
        assert isinstance(request, TextRequest)
        draft = next(part.text for part in request.parts if part.label == say("critique.part_draft"))
        yield Started()
        yield Finished(_invented(draft, request), FinishReason.STOP, 1, 1.0)

    def seats(self, kind: type[Request]) -> int:
        """Take as many questions as are asked at once."""
        return AT_ONCE if kind is TextRequest else 0

    def stats(self) -> EngineStats:
        """Report that nothing takes time."""
        return EngineStats(0, 0, 0.0, 0.0, cache_bytes=0, peak_memory_bytes=0)

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Count a word as a token."""
        counts = tuple(PartCount(part, len(part.text.split()), dropped=False) for part in request.parts)
        return PromptLayout("", sum(count.tokens for count in counts), self.card.window_tokens, counts)


async def measure(rounds: int = ROUNDS) -> Report:
    """Have every text critiqued `rounds` times by each engine, eight at once."""
    config = TextModelConfig(slots=AT_ONCE, cache_dir=chosen_cache_dir())
    async with LocalEngine.open(config) as engine:
        embedded = await _rounds(engine, rounds)
    return _report({"embedded": embedded, "inventing": await _rounds(Inventor(), rounds)})


async def _rounds(engine: Engine, rounds: int) -> list[Tally]:
    drafts = [file.read_text(encoding="utf-8").strip() for file in sorted(TEXTS.glob("*.txt"))]
    async with _service(engine) as critiques:
        return [await _round(critiques, drafts, MODES[number % len(MODES)]) for number in range(rounds)]


@asynccontextmanager
async def _service(engine: Engine) -> AsyncIterator[CritiqueService]:
    with TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))
        async with Database.open(settings.database_path) as database:
            services = build_services(settings, database, engine, NsfwJudge(), None, lambda: datetime.now(UTC))
            async with services.queue.running():
                yield services.critiques


async def _round(critiques: CritiqueService, drafts: Sequence[str], mode: Mode) -> Tally:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, draft: str) -> Critique | None:
        async with places:
            return await _critique(critiques, Member(number, "Ada", SERVER), draft, mode)

    found = await asyncio.gather(*(one(number, draft) for number, draft in enumerate(drafts, start=1)))
    pairs = [(critique, draft) for critique, draft in zip(found, drafts, strict=True) if critique]
    quotes = [(quote, draft) for critique, draft in pairs for quote in _quotes_shown(critique)]
    return Tally(
        shown=len(quotes),
        true=sum(quote in draft or quote in " ".join(draft.split()) for quote, draft in quotes),
        kept=sum(len(critique.findings.notes) for critique, _ in pairs),
        dropped=sum(critique.findings.dropped for critique, _ in pairs),
        critiques=len(pairs),
        failed=len(found) - len(pairs),
    )


async def _critique(critiques: CritiqueService, member: Member, draft: str, mode: Mode) -> Critique | None:
    """Ask for a critique and wait for it; None where the job failed."""
    job = await critiques.critique(member, CHANNEL, ReplyPlace(CHANNEL.id), draft, Wish(mode))
    async for view in critiques.queue.watch(job.id):
        job = view.job
    return await critiques.of_job(job) if job.state is JobState.DONE else None


def _quotes_shown(critique: Critique) -> list[str]:
    """Read the quotes off a critique's messages, as Discord shows them: lines after `>`, and in marks elsewhere.

    Marks of escape are gone.
    """
    lines = [
        line for page in final_pages(draft_of(critique)) for line in (page.content + "\n" + page.notice).split("\n")
    ]
    quotes: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("> "):
            quotes[-1].append(_ESCAPED.sub(r"\1", line[2:]))
            continue
        if quotes[-1]:
            quotes.append([])
        if not line.startswith("→"):
            quotes += [[quote] for quote in _IN_MARKS.findall(_ESCAPED.sub(r"\1", line))] + [[]]
    return ["\n".join(quote) for quote in quotes if quote]


def _invented(draft: str, request: TextRequest) -> str:
    chance = Random(request.sampling.seed)
    sentences = [" ".join(line.split()[:QUOTED_WORDS]) for line in _SENTENCE.split(draft) if len(line.split()) > 1]
    note = next(iter(json.loads(request.schema or "{}")["$defs"].values()))
    kinds = note["properties"]["kind"]["enum"]
    real = chance.choices(sentences, k=2)
    quotes = [real[0].upper(), f"{_INVENTED} {chance.random()}", f"“{real[1]}”", f"{chance.random()} {_INVENTED}"]
    notes = [
        {
            "quote": quote,
            "kind": chance.choice(kinds),
            "effect": "It slows the reader.",
            "advice": "Could it be shorter?",
        }
        for quote in quotes
    ]
    strength = f"It has a voice of its own. “{_INVENTED}” is well put."
    return json.dumps({"strength": strength, "notes": notes, "issue": "Is enough at stake yet?"})


def _report(found: dict[str, list[Tally]]) -> Report:
    figures: list[Figure] = []
    rows: list[tuple[str, ...]] = [
        ("engine", "critiques", "failed", "quotes shown", "in the draft", "notes a critique", "notes dropped")
    ]
    for name, rounds in found.items():
        figures.append(Figure.of(f"{name}_quotes_true", [tally.quotes_true for tally in rounds], "1.0"))
        figures.append(Figure.of(f"{name}_notes_dropped", [tally.notes_dropped for tally in rounds]))
        figures.append(Figure.of(f"{name}_notes", [tally.kept / max(1, tally.critiques) for tally in rounds]))
        counts = [sum(getattr(tally, part) for tally in rounds) for part in Tally.__slots__]
        shown, true, kept, dropped, critiques, failed = counts
        share, average = dropped / max(1, kept + dropped), kept / max(1, critiques)
        rows.append((name, *map(str, (critiques, failed, shown, true)), f"{average:.1f}", f"{share:.0%}"))
    whole = [tally for rounds in found.values() for tally in rounds]
    shown, true = sum(tally.shown for tally in whole), sum(tally.true for tally in whole)
    figures.insert(0, Figure.of("quotes_true", [true / max(1, shown)], "1.0"))
    return Report("Critiques whose quotes are in the draft", tuple(figures), tuple(rows))
