"""An evening of looking for inspiration: an atelier where three directions come, as new as a test wants them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from bot.database import Database
from bot.inspiration.ask import Inspiration
from bot.inspiration.service import Brought, InspirationService
from bot.inspiration.store import InspirationStore
from bot.jobs.job import Job
from bot.people import Member
from models.meaning import Meaning
from tests.bot.inspiration.answers import BIRD, ELEMENTS, MOSS, OIL, as_json
from tests.bot.pictures.atelier import SPOT, Atelier
from tests.bot.stories.making import ANA, NOON
from tests.scripted import ScriptedEngine


class Studio(Atelier):
    """`inspirations` is the service under test; its dice fall alike every time."""

    def __init__(
        self, database: Database, engine: ScriptedEngine, data_dir: Path, meaning: Meaning | None = None
    ) -> None:
        super().__init__(database, engine, data_dir)
        self.offers = InspirationStore(database)
        self.inspirations = InspirationService(
            database=database,
            queue=self.queue,
            engine=engine,
            offers=self.offers,
            stories=self.stories,
            pictures=self.pictures,
            channels=self.channels,
            roles=self.roles,
            phrases=self.phrases,
            meaning=meaning,
            clock=lambda: NOON,
            dice=Random(7),
        )

    def says(self, *answers: object) -> None:
        """Let the model answer so, one answer a request."""
        for answer in answers:
            self.engine.enqueue([answer if isinstance(answer, str) else as_json(answer)])

    async def inspired(self, by: Member = ANA, **brought: Any) -> Job:
        """Have directions found from what is brought, and return the job as it ended."""
        return await self.ended(await self.inspirations.inspire(by, SPOT, Brought(**brought)))

    async def well_inspired(self, **brought: Any) -> Job:
        """Have three directions found that differ."""
        self.says(ELEMENTS, MOSS, OIL, BIRD)
        return await self.inspired(**brought)


def came(job: Job) -> Inspiration:
    """Return what a job came to."""
    assert job.result is not None, job.error
    return Inspiration.of(job.result)


def titles(job: Job) -> list[str]:
    """Name the directions that a job came to."""
    return [look.direction.title for look in came(job).looks if look.direction]
