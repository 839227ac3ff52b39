"""The desk everything about inspiration is done at: its collaborators, and what a job has to go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random, SystemRandom

import structlog

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.database import Database
from bot.errors import NotFound
from bot.inspiration.ask import Ask, Direction, Elements, Inspiration, Source
from bot.inspiration.examples import known
from bot.inspiration.newness import Offered, is_near
from bot.inspiration.store import InspirationStore
from bot.jobs.job import Job
from bot.jobs.queue import JobQueue
from bot.people import Channel
from bot.pictures.service import PictureService
from bot.policy import check_ai_may_speak
from bot.roles.service import RoleService
from bot.safety.phrases import Phrases
from bot.stories.service import StoryService
from models.engine import Engine
from models.errors import EngineError
from models.meaning import Meaning

log = structlog.get_logger(__name__)

REMEMBERED = 1_000
"""With so many of a server's newest directions a new one is compared: their vectors are 1.5 MB, read in some ms."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a job has to go by: its source, that in words, its elements, and the directions that it was given before."""

    source: Source
    material: str
    elements: Elements | None
    directions: Sequence[Direction]


@dataclass(frozen=True)
class InspirationDesk:
    """What asking, looking, finding and directing share; without a `meaning` words tell what is new."""

    database: Database
    queue: JobQueue
    engine: Engine
    offers: InspirationStore
    stories: StoryService
    pictures: PictureService
    channels: ChannelService
    roles: RoleService
    phrases: Phrases
    meaning: Meaning | None
    clock: Clock
    dice: Random = field(default_factory=SystemRandom)

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def brief(self, job: Job) -> Brief:
        """Return what a job has to go by, from things as they stand now; raise what keeps that from being read."""
        ask = Ask.of(job)
        if ask.of_job is None:
            return Brief(ask.source, await self._words(job, ask), ask.elements, ask.directions)
        first = await self._first(ask.of_job)
        came = Inspiration.of(first.result or {})
        before = [look.direction for look in came.looks if look.direction]
        root = Ask.of(first)
        return Brief(root.source, await self._words(first, root), came.elements, [*before, *ask.directions])

    async def place(self, direction: Direction) -> Offered:
        """Find out where a direction is in meaning; where nothing can tell, its words alone will be compared."""
        told = direction.in_short
        if self.meaning is None:
            return Offered(told)
        try:
            return Offered(told, (await self.meaning.embed([told]))[0])
        except EngineError as error:
            log.warning("! meaning", cause=type(error).__name__)
            return Offered(told)

    async def is_new(self, server_id: int, direction: Offered) -> bool:
        """Say whether a direction is far enough from all that the server was offered before."""
        before = await self.offers.offered(server_id, REMEMBERED)
        return not any(is_near(direction, old) for old in (*known(), *before))

    async def _first(self, job_id: int) -> Job:
        try:
            return await self.queue.job(job_id)
        except NotFound as error:
            raise NotFound("jobs.gone") from error

    async def _words(self, job: Job, ask: Ask) -> str:
        """Tell a source in words: a passage as it reads now, a picture as it was seen."""
        if ask.source.passage_id is not None:
            return await self.stories.words_of(job.server_id, ask.source.passage_id)
        return ask.source.text or ask.seen or ask.source.spark
