"""A critique's way without Discord: the real services over a real line, and an engine that says what it is told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.critique.critique import Critique, Wish
from bot.critique.service import CritiqueService
from bot.database import Database
from bot.jobs.job import Job, ReplyPlace
from bot.people import Channel, Member
from bot.services import build_services
from bot.settings import Settings
from tests.judges import ScriptedJudge
from tests.scripted import ScriptedEngine

ADA = Member(1, "Ada", 7)
BEN = Member(2, "Ben", 7)
ADMIN = Member(3, "Chiyo", 7, is_admin=True)
LOUNGE = Channel(70, 7)

DRAFT = "The lamp was lit, and nobody knew who had lit it.\n\nRain fell very, very slowly on the long road."
CRAFT = Wish()
QUOTE = "nobody knew who had lit it"
INVENTED = "a dragon slept beneath the hill"


class Table:
    """`critiques` is the service under test; the clock goes only as it is told to."""

    def __init__(self, settings: Settings, database: Database, engine: ScriptedEngine) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        self.database = database
        self.engine = engine
        self.services = build_services(settings, database, engine, ScriptedJudge(), None, lambda: self.now)
        self.critiques: CritiqueService = self.services.critiques

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    async def asked(self, text: str = DRAFT, wish: Wish = CRAFT, by: Member = ADA) -> Job:
        """Ask for a critique, and return its job as it ended."""
        return await self.ended(await self.critiques.critique(by, LOUNGE, ReplyPlace(LOUNGE.id), text, wish))

    async def given(self, text: str = DRAFT, wish: Wish = CRAFT, by: Member = ADA) -> Critique:
        """Ask for a critique, and return it."""
        return await self.critiques.of_job(await self.asked(text, wish, by))

    async def ended(self, job: Job) -> Job:
        async for view in self.services.queue.watch(job.id):
            job = view.job
        return job


def note(quote: str = QUOTE, kind: str = "exposition") -> dict[str, str]:
    return {"quote": quote, "kind": kind, "effect": "It tells what could be seen.", "advice": "Who might have seen it?"}


def answer(*notes: dict[str, str], **more: str) -> list[str]:
    """Say what a model answers."""
    said = {"strength": "A calm voice.", "notes": notes or (note(),), "issue": "Nothing is at stake.", **more}
    return [json.dumps(said)]


@pytest.fixture
async def table(settings: Settings, database: Database, engine: ScriptedEngine) -> AsyncIterator[Table]:
    settings.data_dir.mkdir(parents=True)
    made = Table(settings, database, engine)
    async with made.services.queue.running():
        yield made
