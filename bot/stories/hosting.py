"""Hosting a story: beginning and ending it, and what its AI is always told."""

from __future__ import annotations

from bot.errors import BadInput
from bot.people import Channel, Member
from bot.safety import clean_line, clean_optional, clean_text
from bot.stories import rules
from bot.stories.desk import StoryDesk
from bot.stories.limits import Limits, themes_in
from bot.stories.story import Story


class Hosting(StoryDesk):
    """What concerns a story as a whole."""

    async def start(
        self, member: Member, channel: Channel, title: str, opening: str = "", style: str | None = None
    ) -> Story:
        """Begin a story, with its first passage if there is one, and make it the channel's current one."""
        title = rules.check_length(clean_line(title), rules.TITLE_MAX, "stories.long_title")
        if not title:
            raise BadInput("stories.no_title")
        opening = clean_text(opening) if opening else ""
        rules.check_length(opening, rules.PASSAGE_MAX, "stories.long_passage")
        style_name = await self._style_name(channel, style)
        async with self.database.transaction():
            story = await self.stories.create(channel.server_id, channel.id, member.id, title, style_name, self.clock())
            await self.stories.make_current(story)
            if opening:
                story, _ = await self._append(story, member, opening)
            return story

    async def make_current(self, member: Member, channel: Channel, story_id: int) -> Story:
        """Put the channel on another of its stories; anyone may, as anyone may start one."""
        async with self.database.transaction():
            story = await self._story(channel, story_id)
            await self.stories.make_current(story)
            return story

    async def finish(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """End a story; its host and admins may."""
        async with self.database.transaction():
            story = await self._unfinished(channel, story_id)
            rules.check_host(member, story)
            return await self.stories.set_finished(story.id, self.clock())

    async def reopen(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Open a finished story again; its host and admins may."""
        async with self.database.transaction():
            story = await self._story(channel, story_id)
            rules.check_host(member, story)
            return await self.stories.set_finished(story.id, None)

    async def set_memory(self, member: Member, channel: Channel, text: str, story_id: int | None = None) -> Story:
        """Replace what the AI always remembers; an empty text clears it. For those in the story."""
        text = rules.check_length(clean_optional(text), rules.CONTEXT_MAX, "stories.long_memory")
        async with self.database.transaction():
            story = await self.check_may_tell(member, channel, story_id)
            return await self.stories.write_memory(story.id, text, member.id)

    async def set_note(self, member: Member, channel: Channel, text: str, story_id: int | None = None) -> Story:
        """Replace the author's note; an empty text clears it. For those in the story."""
        text = rules.check_length(clean_optional(text), rules.CONTEXT_MAX, "stories.long_note")
        async with self.database.transaction():
            story = await self.check_may_tell(member, channel, story_id)
            return await self.stories.write_note(story.id, text, member.id)

    async def set_limits(
        self, member: Member, channel: Channel, lines: str, veils: str, story_id: int | None = None
    ) -> Story:
        """Replace what the story leaves out and what it only hints at, a theme a line each. For those in the story."""
        limits = Limits(themes_in(lines), themes_in(veils))
        async with self.database.transaction():
            story = await self.check_may_tell(member, channel, story_id)
            return await self.stories.write_limits(story.id, limits)

    async def limits_at(self, channel: Channel, story_id: int | None = None) -> Limits:
        """Return the limits of a story, or without an id of the one that a channel is on; none where there is none."""
        story = await (self.stories.story(story_id) if story_id else self.stories.current(channel.id))
        return story.limits if story else Limits()

    async def check_may_tell(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return a story whose memory and note the member may change; raise why not, before she has written."""
        await self._unfinished(channel, story_id)
        return await self.check_takes_part(member, channel, story_id)

    async def check_takes_part(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return a story, finished or not, that the member is in; raise `NotAllowed` for others."""
        story = await self._story(channel, story_id)
        rules.check_takes_part(member, story, takes_part=await self._takes_part(member, story))
        return story

    async def _style_name(self, channel: Channel, style: str | None) -> str:
        if style:
            return (await self.styles.get(channel.server_id, style)).name
        settings = await self.channels.settings(channel)
        return (await self.styles.get_or_default(channel.server_id, settings.style)).name
