"""The desk everything about chapters is done at: its collaborators, and having done in the background what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.service import ChannelService
from bot.chapters.store import ChapterStore
from bot.chapters.telling import Telling
from bot.clock import Clock
from bot.database import Database
from bot.jobs.background import NOBODY
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.stories.service import StoryService
from bot.stories.story import Passage, Story
from models.engine import Engine

SUM_UP = "chapters.sum_up"


@dataclass(frozen=True)
class ChapterDesk:
    """What keeping chapters and summing up share."""

    database: Database
    queue: JobQueue
    engine: Engine
    kept: ChapterStore
    telling: Telling
    stories: StoryService
    channels: ChannelService
    clock: Clock

    async def follow(self, story: Story) -> None:
        """Have summed up what is due, of a story in which the AI writes."""
        if story.finished_at is None and story.tip_id is not None:
            path = await self.stories.path_to(story.server_id, story.tip_id)
            if any(passage.by_ai for passage in path):
                await self.have_summed_up(story, path)

    async def have_summed_up(self, story: Story, path: Sequence[Passage]) -> bool:
        """Put what is due into the background; say whether anything is."""
        if (await self.telling.outline(story, path)).due is None:
            return False
        await self.queue.submit_quiet(
            NewJob(
                SUM_UP, story.server_id, NOBODY, ReplyPlace(story.channel_id), lane=f"sum-up:{story.id}",
                story_id=story.id,
            )
        )  # fmt: skip
        return True

    async def story_of(self, job: Job) -> tuple[Story, list[Passage]]:
        """Return the story of a job as it stands now, with its path."""
        channel = Channel(job.reply.channel_id, job.server_id)
        story = await self.stories.story(Member(NOBODY, "", job.server_id), channel, job.story_id)
        return story, await self.stories.path_to(story.server_id, story.tip_id) if story.tip_id else []
