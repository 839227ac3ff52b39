"""The desk critiques are made at: its collaborators, the drafts as they are kept, and how a critique is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.critique.ask import Ask
from bot.critique.critique import Critique, Findings
from bot.critique.store import CritiqueStore
from bot.database import Database
from bot.errors import NotFound
from bot.jobs.asker import channel_of
from bot.jobs.job import Job
from bot.jobs.queue import JobQueue
from bot.people import Channel
from bot.policy import check_ai_may_speak
from bot.quotes import paragraph_at
from bot.readers.service import ReaderService
from bot.roles.service import RoleService
from bot.stories.service import StoryService
from bot.words import say
from models.engine import Engine, ModelCard

BEGINS_MAX = 80
RUBRIC = "Be specific, be kind, and say how a place reads rather than what is right. Leave the voice to its author."


@dataclass(frozen=True)
class CritiqueDesk:
    """What asking for critiques and making them share."""

    database: Database
    queue: JobQueue
    engine: Engine
    store: CritiqueStore
    stories: StoryService
    channels: ChannelService
    roles: RoleService
    readers: ReaderService
    clock: Clock

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only, who are not to find an AI in it even privately."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def rubric(self, server_id: int) -> str:
        """Return what a server wishes for its critiques."""
        return await self.own_rubric(server_id) or RUBRIC

    async def own_rubric(self, server_id: int) -> str:
        """Return what a server's admins said of its critiques; all that a line edit, which judges nothing, is told."""
        return await self.store.rubric(server_id) or ""

    async def open(self, job: Job) -> tuple[Ask, str]:
        """Return what a job was asked and its draft; the channel's policy is asked again."""
        await self.check_ai(channel_of(job))
        return Ask.of(job), await self.draft_of(job)

    async def draft_of(self, job: Job) -> str:
        """Return a job's draft; raise `NotFound` where it is not kept any more."""
        text = await self.store.draft(Ask.of(job).draft_id)
        if text is None:
            raise NotFound("critique.draft_gone")
        return text

    async def conclude(self, job: Job, findings: Findings) -> Mapping[str, Any]:
        """Store what a reading came to and take its price, in the transaction that marks the job done."""
        ask, draft = Ask.of(job), await self.draft_of(job)
        critique = Critique(
            id=0,
            server_id=job.server_id,
            channel_id=job.reply.channel_id,
            member_id=job.member_id,
            job_id=job.id,
            draft_id=ask.draft_id,
            wish=ask.wish,
            begins=" ".join(draft[: 2 * BEGINS_MAX].split())[:BEGINS_MAX],
            findings=findings,
            read_to=paragraph_at(draft, ask.read_to - 1),
            is_whole=ask.is_whole,
            model=critic(self.engine.card),
            made_at=self.clock(),
        )
        await self.readers.charge_ai(job.server_id, job.member_id, ask.price, job.id)
        return {"critique_id": await self.store.append(critique)}


def critic(card: ModelCard) -> str:
    """Name a model that judges, and say of a small one what that is worth."""
    return say("critique.small", model=card.name) if card.is_small else card.name
