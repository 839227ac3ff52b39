"""The desk everything about stories is done at: its collaborators, and finding a story a member may touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.database import Database
from bot.errors import NotFound
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.roles.service import RoleService
from bot.safety import clean_line
from bot.safety.phrases import Phrases
from bot.stories.prompting import Prompter
from bot.stories.remembering import NOTHING, Memory
from bot.stories.rules import check_here, check_unfinished
from bot.stories.store import StoryStore
from bot.stories.story import MoveKind, NewPassage, Passage, Story
from bot.styles.service import StyleService
from bot.words import say
from models.engine import Engine


@dataclass(frozen=True)
class StoryDesk:
    """What reading, writing, steering and hosting share."""

    database: Database
    queue: JobQueue
    engine: Engine
    stories: StoryStore
    styles: StyleService
    channels: ChannelService
    roles: RoleService
    phrases: Phrases
    clock: Clock
    memory: Memory = NOTHING

    @cached_property
    def prompter(self) -> Prompter:
        """Return what lays out the AI's prompt."""
        return Prompter(self.engine, self.memory)

    async def _story(self, channel: Channel, story_id: int | None) -> Story:
        """Return a story of this channel, by id or the current one; another server's is as if it were not."""
        if story_id is None:
            story = await self.stories.current(channel.id)
            if story is None:
                raise NotFound("stories.none_here")
            return story
        story = await self.stories.story(story_id)
        if story is None or story.server_id != channel.server_id:
            raise NotFound("stories.unknown")
        check_here(story, channel)
        return story

    async def _unfinished(self, channel: Channel, story_id: int | None) -> Story:
        story = await self._story(channel, story_id)
        check_unfinished(story)
        return story

    async def _passage(self, channel: Channel, passage_id: int) -> tuple[Story, Passage]:
        """Return a passage with its story, both of this channel."""
        passage = await self.stories.passage(passage_id)
        if passage is None:
            raise NotFound("stories.unknown_passage")
        return await self._story(channel, passage.story_id), passage

    async def _takes_part(self, member: Member, story: Story) -> bool:
        return await self.stories.takes_part(member.id, story.id)

    async def _append(self, story: Story, member: Member, text: str) -> tuple[Story, Passage]:
        """Write a member's passage after the tip as it is now, inside the caller's transaction."""
        name = clean_line(member.name) or say("stories.someone")
        new = NewPassage(story.id, story.tip_id, member.id, name, text)
        passage = await self.stories.append(new, self.clock())
        return await self.stories.move(story, MoveKind.ADD, passage.id, member.id, self.clock()), passage
