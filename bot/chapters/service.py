"""Chapters, as the rest of the house sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chapters.chapter import SUMMARY_MAX, TITLE_MAX, Chapter, KeptSummary, NewSummary
from bot.chapters.desk import SUM_UP, ChapterDesk
from bot.chapters.outline import Outline, Stretch
from bot.chapters.summing import Summing
from bot.errors import BadInput, NotAllowed, NotFound
from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.safety import clean_line, clean_text
from bot.stories.rules import check_length
from bot.stories.story import Story


@dataclass(frozen=True, slots=True)
class Contents:
    """A story in its chapters, and the numbers of its passages by their ids."""

    story: Story
    outline: Outline
    numbers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A stretch of a story with its summary and all versions of that, the newest first."""

    contents: Contents
    stretch: Stretch
    versions: tuple[KeptSummary, ...]


@dataclass(frozen=True)
class ChapterService(ChapterDesk):
    """All that can be done with chapters; made once, it has what is due summed up in the background too.

    `story_id=None` means the channel's current story. Everyone reads summaries, those in the story change them.
    """

    def __post_init__(self) -> None:
        self.queue.register(SUM_UP, Summing(self))
        self.stories.on_changed(self.follow)

    async def catch_up(self) -> None:
        """Have summed up what is missing of the stories that channels are on, as where summaries were forgotten."""
        for story in await self.stories.on_the_table():
            await self.follow(story)

    async def begin(self, member: Member, channel: Channel, title: str, story_id: int | None = None) -> Chapter:
        """Begin a chapter with the next passage; for those in the story."""
        title = check_length(clean_line(title), TITLE_MAX, "chapters.long_title")
        if not title:
            raise BadInput("chapters.no_title")
        async with self.database.transaction():
            story = await self.check_may_begin(member, channel, story_id)
            await self.kept.begin(story, title, member.id, self.clock())
            await self.follow(story)
            return next(each for each in await self.kept.chapters(story.id) if each.after_id == story.tip_id)

    async def check_may_begin(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return a story that the member may begin a chapter of; raise why not, before she has written."""
        return await self.stories.check_may_tell(member, channel, story_id)

    async def contents(self, member: Member, channel: Channel, story_id: int | None = None) -> Contents:
        """Return a story in its chapters, as it stands now."""
        story = await self.stories.story(member, channel, story_id)
        path = await self.stories.passages(member, channel, story.id)
        outline = await self.telling.outline(story, path)
        return Contents(story, outline, {passage.id: number for number, passage in enumerate(path, 1)})

    async def open(self, member: Member, channel: Channel, summary_id: int) -> Opened:
        """Return a summary with its versions; raise `NotFound` where it tells nothing of the story as it stands."""
        one = await self.kept.summary(summary_id)
        if one is None:
            raise NotFound("chapters.gone")
        contents = await self.contents(member, channel, one.story_id)
        stretch = contents.outline.find(one.span)
        if stretch is None:
            raise NotFound("chapters.gone")
        return Opened(contents, stretch, tuple(reversed(await self.kept.versions(one))))

    async def check_may_edit(self, member: Member, channel: Channel, summary_id: int) -> Opened:
        """Return a summary that the member may reword; raise why not, before she has written."""
        opened = await self.open(member, channel, summary_id)
        await self.stories.check_takes_part(member, channel, opened.contents.story.id)
        return opened

    async def edit(self, member: Member, channel: Channel, summary_id: int, text: str) -> KeptSummary:
        """Reword a summary; what it said before is kept, and this holds until somebody in the story changes it."""
        text = check_length(clean_text(text), SUMMARY_MAX, "chapters.long_summary")
        async with self.database.transaction():
            opened = await self.check_may_edit(member, channel, summary_id)
            new = NewSummary(*opened.stretch.span, opened.stretch.fingerprint, text, written_by=member.id)
            kept = await self.kept.summary(await self.kept.append(opened.contents.story, new, self.clock()))
            await self.follow(opened.contents.story)  # what was made of it is made anew
            assert kept is not None
            return kept

    async def restore(self, member: Member, channel: Channel, summary_id: int) -> KeptSummary:
        """Let a summary say again what this version of it said."""
        version = await self.kept.summary(summary_id)
        if version is None:
            raise NotFound("chapters.gone")
        return await self.edit(member, channel, summary_id, version.text)

    async def sum_up(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Have summed up what is due, as soon as nobody waits; for those in the story, where the AI may speak."""
        story = await self.stories.check_takes_part(member, channel, story_id)
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)
        if not await self.have_summed_up(story, await self.stories.passages(member, channel, story.id)):
            raise NotAllowed("chapters.nothing_due")
        return story
