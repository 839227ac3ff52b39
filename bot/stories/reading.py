"""Reading stories: nothing here changes anything, and counting long ones holds up nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.errors import NotAllowed, NotFound, Unavailable
from bot.people import Channel, Member
from bot.stories.answers import Context, Recap, StoryInfo
from bot.stories.desk import StoryDesk
from bot.stories.export import export_story
from bot.stories.illustration import Illustrations
from bot.stories.prompts import Ask
from bot.stories.recapping import in_short
from bot.stories.shares import shares_of
from bot.stories.story import ExportFile, ExportFormat, Passage, Story
from bot.stories.tree import StoryTree, grow
from models.errors import EngineError

FOUND_MAX = 25


class Reading(StoryDesk):
    """Everything a member can look at."""

    async def list_stories(self, member: Member, channel: Channel | None = None) -> list[Story]:
        """List the stories of the member's server, or of one channel: unfinished first, the newest of each first."""
        stories = await self.stories.in_server(member.server_id)
        return [story for story in stories if channel is None or story.channel_id == channel.id]

    async def find(self, member: Member, typed: str, channel: Channel | None = None) -> list[Story]:
        """Return up to 25 stories whose title contains what was typed so far."""
        wanted = typed.casefold().strip()
        stories = await self.list_stories(member, channel)
        return [story for story in stories if wanted in story.title.casefold()][:FOUND_MAX]

    async def on_the_table(self) -> list[Story]:
        """List the unfinished stories that the channels of all servers are on."""
        return await self.stories.on_the_table()

    async def current(self, channel: Channel) -> Story | None:
        """Return the story a channel is on, or None."""
        return await self.stories.current(channel.id)

    async def story(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return a story as it is now."""
        return await self._story(channel, story_id)

    async def passage(self, member: Member, passage_id: int) -> Passage:
        """Return a passage of the member's server."""
        passage = await self.stories.passage(passage_id)
        story = await self.stories.story(passage.story_id) if passage else None
        if passage is None or story is None or story.server_id != member.server_id:
            raise NotFound("stories.unknown_passage")
        return passage

    async def passages(self, member: Member, channel: Channel, story_id: int | None = None) -> list[Passage]:
        """List the passages of the current branch, from the first to the tip."""
        story = await self._story(channel, story_id)
        return await self.stories.path(story.tip_id)

    async def path_to(self, server_id: int, passage_id: int) -> list[Passage]:
        """List the passages of a server's story from the first one to this one, on whatever branch it is."""
        path = await self.stories.path(passage_id)
        story = await self.stories.story(path[-1].story_id) if path else None
        if story is None or story.server_id != server_id:
            raise NotFound("stories.unknown_passage")
        return path

    async def words_of(self, server_id: int, passage_id: int) -> str:
        """Return a passage of a server as it reads now; raise `NotAllowed` for one that was removed."""
        passage = (await self.path_to(server_id, passage_id))[-1]
        if passage.removed:
            raise NotAllowed("stories.was_removed")
        return passage.text

    async def my_last_passage(self, member: Member, channel: Channel, story_id: int | None = None) -> Passage:
        """Return the passage of the current branch that the member wrote last."""
        for passage in reversed(await self.passages(member, channel, story_id)):
            if passage.author_id == member.id:
                return passage
        raise NotFound("stories.nothing_of_yours")

    async def recap(self, member: Member, channel: Channel, story_id: int | None = None) -> Recap:
        """Return what was written since the member's last passage, in short where that is long ago."""
        story = await self._story(channel, story_id)
        path = await self.stories.path(story.tip_id)
        own = [index for index, passage in enumerate(path) if passage.author_id == member.id]
        last_own = path[own[-1]] if own else None
        missed = path[own[-1] + 1 :] if own else path
        summaries = in_short(missed, await self.memory.summaries_of(story, path))
        left = [passage for passage in missed if not summaries or passage.id > summaries[-1].last_id]
        return Recap(story, last_own, len(missed), tuple(left), summaries)

    async def headings(self, story: Story, path: Sequence[Passage]) -> Mapping[int, str]:
        """Return the titles of a path's chapters by the first passage of each."""
        return await self.memory.headings_of(story, path)

    async def tree(self, member: Member, channel: Channel, story_id: int | None = None) -> StoryTree:
        """Return all branches of a story."""
        story = await self._story(channel, story_id)
        return grow(story, await self.stories.all_passages(story.id))

    async def info(self, member: Member, channel: Channel, story_id: int | None = None) -> StoryInfo:
        """Return a story in figures."""
        tree = await self.tree(member, channel, story_id)
        on_branch = set(tree.branch)
        path = [passage for passage in tree.passages if passage.id in on_branch]
        shares = await asyncio.to_thread(shares_of, path)
        return StoryInfo(
            story=tree.story,
            passages=len(path),
            words=sum(share.words for share in shares),
            shares=shares,
            branches=len(tree.leaves),
            last_written_at=max((passage.written_at for passage in tree.passages), default=None),
        )

    async def context(self, member: Member, channel: Channel, story_id: int | None = None) -> Context:
        """Return exactly what the model would read if it were asked to go on now."""
        story = await self._story(channel, story_id)
        style = await self.styles.get_or_default(story.server_id, story.style)
        path = await self.stories.path(story.tip_id)
        try:
            prompt = await self.prompter.prompt(f"context-{story.id}", story, style, path, Ask(style.length), seed=0)
            return Context(await self.engine.layout(prompt.request), prompt.reasons)
        except EngineError as error:
            raise Unavailable("stories.no_context") from error

    async def export(
        self,
        member: Member,
        channel: Channel,
        format: ExportFormat,
        story_id: int | None = None,
        illustrations: Illustrations | None = None,
    ) -> ExportFile:
        """Return the current branch as a file, with the pictures beside its passages."""
        story = await self._story(channel, story_id)
        path = await self.stories.path(story.tip_id)
        headings = await self.memory.headings_of(story, path)
        return await asyncio.to_thread(export_story, story, path, format, illustrations, headings)
