"""Pictures at the easel: the critique of pictures with its real services, and models that say what they are told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.database import Database
from bot.jobs.job import Job
from bot.people import Member
from bot.picture_critique.ask import PictureWish
from bot.picture_critique.service import PictureCritiqueService
from tests.bot.pictures.atelier import SPOT, Atelier, a_photo
from tests.bot.readers.circle import Circle
from tests.bot.stories.making import ANA, CHANNEL
from tests.scripted import ScriptedEngine

SEEN = "A teal wall fills the picture; nothing stands in the lower left."
NOTE = {"region": "lower left", "kind": "balance", "effect": "It is empty.", "advice": "What could stand there?"}
NO_WISH = PictureWish()
NOTES = {"strength": "The colour is calm.", "notes": [NOTE], "issue": "Nothing draws the eye."}


class Easel(Atelier):
    """`studies` is the service under test."""

    def __init__(self, database: Database, engine: ScriptedEngine, data_dir: Path) -> None:
        super().__init__(database, engine, data_dir)
        self.circle = Circle(database)
        self.studies = PictureCritiqueService(self.pictures, self.circle.readers, self._rubric)

    def says(self, *answers: str | dict[str, Any]) -> None:
        """Let the models say these, one after another."""
        for answer in answers:
            self.engine.enqueue([answer if isinstance(answer, str) else json.dumps(answer)])

    async def _rubric(self, server_id: int) -> str:
        return f"Be kind in server {server_id}."

    async def asked(self, member: Member = ANA, wish: PictureWish = NO_WISH) -> Job:
        """Have notes made on a photo, and return the job as it ended."""
        photo = a_photo()
        study = await self.studies.study(CHANNEL, photo.content)
        return await self.ended(await self.studies.ask(member, SPOT, photo, study, wish))
