"""What a path has told so far, as the AI and readers are told it in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chapters.outline import Outline, Stretch, outline
from bot.chapters.store import ChapterStore
from bot.stories.remembering import Summary
from bot.stories.story import Passage, Story
from bot.words import say


class Telling:
    """Implements `Summaries` and `Chapters` of bot/stories/remembering."""

    def __init__(self, kept: ChapterStore) -> None:
        self._kept = kept

    async def of_path(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        """Return the summaries of a path's beginning, the oldest first: no more than a window has room for."""
        parts = await self.outline(story, path)
        numbers = {passage.id: number for number, passage in enumerate(path, 1)}
        return [
            Summary(label_of(parts, stretch, numbers), stretch.told.text, stretch.first_id, stretch.last_id)
            for stretch in parts.told
            if stretch.told and stretch.told.text
        ]

    async def headings(self, story: Story, path: Sequence[Passage]) -> Mapping[int, str]:
        """Return the titles of a path's chapters by the first passage of each."""
        parts = (await self.outline(story, path)).parts
        return {part.stretches[0].first_id: part.chapter.title for part in parts if part.chapter and part.stretches}

    async def outline(self, story: Story, path: Sequence[Passage]) -> Outline:
        """Divide a path into chapters and scenes with their summaries."""
        return outline(path, await self._kept.chapters(story.id), await self._kept.summaries(story.id))


def label_of(parts: Outline, stretch: Stretch, numbers: Mapping[int, int]) -> str:
    """Name what a summary is of: passages by their numbers in the path, and their chapter where it has a title."""
    title = parts.title_of(stretch)
    key = "chapters.passages" if title else "chapters.passages_before"
    return say(key, title=title, first=numbers[stretch.first_id], last=numbers[stretch.last_id])
