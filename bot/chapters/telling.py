"""What a path has told so far, as the AI and readers are told it in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chapters.outline import Part, outline, told_from
from bot.chapters.store import ChapterStore
from bot.stories.remembering import Summary
from bot.stories.story import Passage, Story
from bot.words import say


class Telling:
    """Implements `Summaries` and `Chapters` of bot/stories/remembering."""

    def __init__(self, kept: ChapterStore) -> None:
        self._kept = kept

    async def of_path(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        """Return the summaries of a path's beginning, the oldest first: of chapters, and of the last one's scenes."""
        parts = await self.outline(story, path)
        numbers = {passage.id: number for number, passage in enumerate(path, 1)}
        return [
            Summary(label_of(part, numbers[scene.first_id], numbers[scene.last_id]), scene.told.text,
                    scene.first_id, scene.last_id)
            for part, scene in told_from(parts)
            if scene.told and scene.told.text
        ]  # fmt: skip

    async def headings(self, story: Story, path: Sequence[Passage]) -> Mapping[int, str]:
        """Return the titles of a path's chapters by the first passage of each."""
        parts = await self.outline(story, path)
        return {part.scenes[0].first_id: part.chapter.title for part in parts if part.chapter and part.scenes}

    async def outline(self, story: Story, path: Sequence[Passage]) -> list[Part]:
        """Divide a path into chapters and scenes with their summaries."""
        return outline(path, await self._kept.chapters(story.id), await self._kept.summaries(story.id))


def label_of(part: Part, first: int, last: int) -> str:
    """Name what a summary is of: the passages by their numbers in the path, and their chapter where it has a title."""
    key = "chapters.passages" if part.chapter else "chapters.passages_before"
    return say(key, title=part.chapter.title if part.chapter else "", first=first, last=last)
