"""An evening of pictures: the real services, folder and signatures, an engine and a judge that do as they are told."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.database import Database
from bot.jobs.job import Job
from bot.people import Member
from bot.pictures.folder import WorksFolder
from bot.pictures.picture import Spot, Upload, Wish, Work
from bot.pictures.room import Room
from bot.pictures.service import PictureService
from bot.pictures.store import PictureStore
from bot.provenance.credentials import Credentials
from bot.safety.pictures import PictureGuard
from bot.safety.store import WordStore
from bot.safety.words import WordService
from bot.styles.picture_style import PictureStyle
from models.engine import ImageCard
from models.requests import Shape
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, CHANNEL, NOON
from tests.scripted import ScriptedEngine

SPOT = Spot(CHANNEL, HERE)
SALTY = PictureStyle(
    "Salty", "Of the sea", "an etching of", "salt and spray", "land", 12, 5.0, "ana/etching", Shape.WIDE
)


class ScriptedJudge:
    """Finds every picture as explicit as `scores` says, the last of them again and again."""

    def __init__(self) -> None:
        self.scores = [0.0]

    async def score(self, width: int, height: int, rgb: bytes) -> float:
        """Return the next score."""
        return self.scores.pop(0) if len(self.scores) > 1 else self.scores[0]


class Atelier(Evening):
    """`pictures` is the service under test."""

    def __init__(self, database: Database, engine: ScriptedEngine, data_dir: Path, bound_bytes: int = 2**30) -> None:
        super().__init__(database, engine)
        self.judge = ScriptedJudge()
        self.works = PictureStore(database)
        self.folder = WorksFolder(data_dir / "works")
        self.words = WordService(WordStore(database))
        self.credentials = Credentials.open(data_dir)
        self.pictures = PictureService(
            database=database,
            queue=self.queue,
            engine=engine,
            works=self.works,
            folder=self.folder,
            room=Room(database, self.works, self.folder, bound_bytes),
            styles=self.styles,
            channels=self.channels,
            roles=self.roles,
            words=self.words,
            guard=PictureGuard(self.judge),
            credentials=self.credentials,
            clock=lambda: NOON,
            limits_at=self.stories.limits_at,
        )

    @property
    def image_card(self) -> ImageCard:
        assert self.engine.image_card is not None
        return self.engine.image_card

    def can(self, **changes: Any) -> None:
        """Let the pipeline be another one from now on."""
        self.engine.image_card = replace(self.image_card, **changes)

    async def works_from(self, job: Job) -> list[Work]:
        """Return the works that a job came to."""
        ended = await self.ended(job)
        assert ended.result is not None, ended.error
        return [await self.pictures.work(ANA, work_id) for work_id in ended.result["work_ids"]]

    async def drawn(self, prompt: str = "a red apple", by: Member = ANA, spot: Spot = SPOT, **wish: Any) -> Work:
        """Have one picture drawn."""
        (work,) = await self.works_from(await self.pictures.imagine(by, spot, Wish(prompt, **wish)))
        return work

    async def failed(self, job: Job) -> str:
        """Return the key of the sentence that a job failed with."""
        ended = await self.ended(job)
        assert ended.error is not None
        assert ended.failure
        return ended.error

    def kept(self) -> set[str]:
        """Name the files that are kept."""
        return {file.name for file in self.folder.root.glob("*/*")}


def a_photo(width: int = 60, height: int = 40, colour: str = "teal", format: str = "JPEG") -> Upload:
    """Return a picture as a member brings it."""
    with BytesIO() as file:
        Image.new("RGB", (width, height), colour).save(file, format)
        return Upload(file.getvalue(), "photo.jpg")
