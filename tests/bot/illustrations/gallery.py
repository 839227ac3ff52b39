"""A story night with pictures: an atelier where stories have a cast, and pictures beside their passages."""

from __future__ import annotations

from pathlib import Path

from bot.cast.entry import CastEntry, NewEntry
from bot.cast.service import CastService
from bot.cast.store import CastStore
from bot.database import Database
from bot.illustrations.picture import SceneWish
from bot.illustrations.service import IllustrationService
from bot.illustrations.store import StoryPictureStore
from bot.jobs.job import Job
from bot.people import Member
from models.requests import ImageRequest, TextRequest
from tests.bot.pictures.atelier import SPOT, Atelier
from tests.bot.stories.making import ANA, CHANNEL, NOON
from tests.scripted import ScriptedEngine


class Gallery(Atelier):
    """`cast` and `illustrations` are the services under test."""

    def __init__(self, database: Database, engine: ScriptedEngine, data_dir: Path) -> None:
        super().__init__(database, engine, data_dir)
        self.cast_store = CastStore(database)
        self.cast = CastService(
            database=database,
            cast=self.cast_store,
            stories=self.stories,
            words=self.words,
            guard=self.pictures.guard,
            clock=lambda: NOON,
        )
        self.ties = StoryPictureStore(database)
        self.illustrations = IllustrationService(
            database=database,
            ties=self.ties,
            stories=self.stories,
            cast=self.cast,
            pictures=self.pictures,
            clock=lambda: NOON,
        )

    @property
    def scenes(self) -> list[str]:
        """Return what the language model was asked."""
        return [request.parts[-1].text for request in self.engine.history if isinstance(request, TextRequest)]

    @property
    def drawings(self) -> list[ImageRequest]:
        """Return what the pipeline was asked."""
        return [request for request in self.engine.history if isinstance(request, ImageRequest)]

    async def knows(self, name: str, traits: str, by: Member = ANA, picture: bytes | None = None) -> CastEntry:
        """Put somebody into the cast."""
        return await self.cast.add(by, CHANNEL, NewEntry(name, traits, picture=picture))

    async def illustrated(self, says: str = "A lamp burns in the dark.", by: Member = ANA, **wish: object) -> Job:
        """Have a scene drawn, with what the language model says to it; return the job as it ended."""
        self.engine.enqueue([says])
        job = await self.illustrations.illustrate(by, SPOT, SceneWish(**wish))  # type: ignore[arg-type]
        return await self.ended(job)
