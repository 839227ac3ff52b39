"""Finished pictures, and finished descriptions of pictures, as the answers to their jobs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.draft import Draft, DraftFile
from bot.illustrations.picture import SCENE
from bot.jobs.job import Job
from bot.pictures.ask import Ask, Asker
from bot.pictures.picture import Work
from bot.pictures.service import PictureService
from bot.words import say
from cogs.pictures.captions import asked
from cogs.pictures.drafts import drawn
from cogs.pictures.files import file_of
from cogs.shown import plain
from models.engine import Engine


class PicturePresenter:
    """Presents jobs of the kinds `picture.draw` and, before it has been put into words, `picture.scene`."""

    def __init__(self, pictures: PictureService, engine: Engine) -> None:
        self._pictures = pictures
        self._engine = engine

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the picture who asked for what."""
        ask, name = Ask.read(job.asked), Asker.of(job).member_name
        if job.kind == SCENE:
            return [Draft(say("picture.asks_scene", name=plain(name)), heads=True)]
        return [Draft(asked(ask.how, name, ask.prompt, ask.style.name), heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft the pictures that the job drew, as far as they are still there."""
        works = await self._pictures.works_of(job.id)
        files = [file_of(work, await self._pictures.content(work)) for work in works if work.has_file]
        return self._drafted(job, works, files)

    async def remaining(self, job: Job) -> Draft:
        """Draft what is said of the pictures that are still there, in a message that has their files already."""
        return self._drafted(job, await self._pictures.works_of(job.id), ())

    def _drafted(self, job: Job, works: Sequence[Work], files: Sequence[DraftFile]) -> Draft:
        if not works:
            return Draft(say("picture.deleted_here"))
        held_back = (job.result or {}).get("blocked", 0)
        return drawn(works, files, self._engine.image_card, held_back)


class DescriptionPresenter:
    """Presents jobs of the kind `picture.describe`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the words who asked for them, and what for."""
        words = say(f"picture.describes_{job.asked['purpose']}", name=plain(Asker.of(job).member_name))
        return [Draft(words, heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft the words."""
        card = self._engine.sight_card
        text: str = (job.result or {})["text"]
        return Draft(text, say("picture.described", model=card.name if card else ""), say("delivery.goes_on"))
