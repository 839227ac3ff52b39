"""A story night with chapters: what is due is summed up by an engine that says what it is told to."""

from __future__ import annotations

from bot.chapters.chapter import Level
from bot.chapters.outline import Stretch, walk
from bot.chapters.service import ChapterService
from bot.chapters.store import ChapterStore
from bot.chapters.telling import Telling
from bot.database import Database
from bot.people import Member
from bot.stories.remembering import Memory, Summary
from bot.stories.service import StoryService
from bot.stories.story import Story
from tests.bot.stories.evening import Evening
from tests.bot.stories.making import ANA, CHANNEL, NOON
from tests.scripted import ScriptedEngine

LONG = "The lamp went round and the sea went on below it, and nobody came up the stairs that night. " * 30
"""A passage of which two fill a scene."""


class LongEvening(Evening):
    """`chapters` is the service under test; the stories' AI is reminded of what it keeps."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        super().__init__(database, engine)
        self.kept = ChapterStore(database)
        self.telling = Telling(self.kept)
        self.stories = StoryService(
            database, self.queue, engine, self.store, self.styles, self.channels, self.roles, self.phrases,
            lambda: NOON, Memory(summaries=self.telling, chapters=self.telling),
        )  # fmt: skip
        self.chapters = ChapterService(
            database, self.queue, engine, self.kept, self.telling, self.stories, self.channels, lambda: NOON
        )

    async def grown(self, passages: int, by: Member = ANA) -> Story:
        """Start a story in which the AI wrote first, and then so many long passages were added."""
        await self.started("The first.", by=by)
        await self.continued(by, says="And a second.")
        for number in range(passages):
            await self.stories.add(by, CHANNEL, f"Passage {number}. {LONG}")
        return await self.stories.story(ANA, CHANNEL)

    async def quiet(self) -> None:
        """Let all that is summed up in the background end."""
        while jobs := await self.queue.in_background():
            for job in jobs:
                await self.ended(job)

    async def told(self) -> list[Summary]:
        """Return what the AI would be told in short."""
        story = await self.stories.story(ANA, CHANNEL)
        return list(await self.telling.of_path(story, await self.stories.passages(ANA, CHANNEL)))

    async def scenes(self) -> list[Stretch]:
        """Return the scenes of the story as it stands."""
        contents = await self.chapters.contents(ANA, CHANNEL)
        return [stretch for stretch in walk(contents.outline.stretches) if stretch.level is Level.SCENE]
