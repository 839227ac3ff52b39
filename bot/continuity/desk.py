"""The desk a story is checked at: its collaborators, and what is known in short of what is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.service import ChannelService
from bot.jobs.job import Job
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.roles.service import RoleService
from bot.stories.remembering import Memory
from bot.stories.service import StoryService
from bot.stories.story import Passage
from models.engine import Engine

SUMMARY_CHARACTERS = 1_500


@dataclass(frozen=True)
class ContinuityDesk:
    """What asking for a check and making it share."""

    queue: JobQueue
    engine: Engine
    stories: StoryService
    memory: Memory
    channels: ChannelService
    roles: RoleService

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def told_before(self, job: Job, path: Sequence[Passage], first_id: int) -> str:
        """Return what the summaries tell of the passages before one, the end of it where that is long."""
        story = await self.stories.story(_asker(job), Channel(job.reply.channel_id, job.server_id), job.story_id)
        summaries = await self.memory.summaries_of(story, path)
        told = " ".join(summary.text for summary in summaries if summary.last_id < first_id)
        return told[-SUMMARY_CHARACTERS:]


def _asker(job: Job) -> Member:
    return Member(job.member_id, "", job.server_id)
