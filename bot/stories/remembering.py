"""What the AI is reminded of besides the passages it reads; the rooms that keep it give it through these doors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.stories.story import Passage, Story


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something worth knowing just now: what people call it, its words in the prompt, and why it is there."""

    label: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands for the passages from `first_id` to `last_id` of a path once those no longer fit word for word."""

    label: str
    text: str
    first_id: int
    last_id: int


class Lore(Protocol):
    """Knows which of a story's cards matter after the last passage of a path."""

    async def reminders(self, story: Story, path: Sequence[Passage]) -> Sequence[Reminder]:
        """Return the cards that matter, the most important first, within their own budget of tokens."""
        ...


class Summaries(Protocol):
    """Knows what a path has told so far, in short."""

    async def of_path(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        """Return the summaries of a path's beginning: without gaps, the oldest first, never more than it holds."""
        ...


class Chapters(Protocol):
    """Knows in which chapters a path is told."""

    async def headings(self, story: Story, path: Sequence[Passage]) -> Mapping[int, str]:
        """Return the titles of a path's chapters by the first passage of each."""
        ...


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the AI is reminded of in one prompt: what matters now, and what stands for the story's beginning."""

    reminders: tuple[Reminder, ...] = ()
    summaries: tuple[Summary, ...] = ()

    def tells(self, passage: Passage) -> bool:
        """Say whether a passage of the path is told in short: from the first one on all are, without gaps."""
        return bool(self.summaries) and passage.id <= self.summaries[-1].last_id


@dataclass(frozen=True, slots=True)
class Memory:
    """All that a story's AI is reminded of; without anything it reads the passages alone."""

    lore: Lore | None = None
    summaries: Summaries | None = None
    chapters: Chapters | None = None

    async def reminders(self, story: Story, path: Sequence[Passage]) -> Sequence[Reminder]:
        """Return the cards that matter now."""
        return await self.lore.reminders(story, path) if self.lore else ()

    async def summaries_of(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        """Return what the path has told so far, in short."""
        return await self.summaries.of_path(story, path) if self.summaries else ()

    async def headings_of(self, story: Story, path: Sequence[Passage]) -> Mapping[int, str]:
        """Return the titles of the path's chapters by the first passage of each."""
        return await self.chapters.headings(story, path) if self.chapters else {}


NOTHING = Memory()
