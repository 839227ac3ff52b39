"""What the story service answers with, where a story or a passage alone does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.jobs.job import Job
from bot.stories.remembering import Summary
from bot.stories.story import Passage, Story
from models.engine import PromptLayout
from models.requests import PromptPart


@dataclass(frozen=True, slots=True)
class Added:
    """What a member added (a long file becomes several passages), and the job where the AI goes on by itself."""

    story: Story
    passages: tuple[Passage, ...]
    job: Job | None = None

    @property
    def passage(self) -> Passage:
        """Return the last one written: the one the story now stands at."""
        return self.passages[-1]


@dataclass(frozen=True, slots=True)
class Undone:
    """The passage that was taken back, and the story as it stands after."""

    passage: Passage
    story: Story


@dataclass(frozen=True, slots=True)
class Recap:
    """The `missed` passages since the member's last one; all of the story where `last_own` is None.

    The `summaries` tell of their beginning in short what is long ago; the `passages` are those after that.
    """

    story: Story
    last_own: Passage | None
    missed: int
    passages: tuple[Passage, ...]
    summaries: tuple[Summary, ...] = ()

    @property
    def since_id(self) -> int:
        """Return after which passage the words themselves begin; 0 at the story's beginning."""
        if self.summaries:
            return self.summaries[-1].last_id
        return self.last_own.id if self.last_own else 0


@dataclass(frozen=True, slots=True)
class Context:
    """What the AI would read now, and of the parts that it is reminded of, why they are there."""

    layout: PromptLayout
    reasons: Mapping[PromptPart, str]


@dataclass(frozen=True, slots=True)
class Share:
    """What one contributor wrote of the current branch; `percent` is the part of its words, all together 100."""

    name: str
    passages: int
    words: int
    percent: int
    by_ai: bool = False


@dataclass(frozen=True, slots=True)
class StoryInfo:
    """A story in figures: counts and shares (largest first) are of the current branch."""

    story: Story
    passages: int
    words: int
    shares: tuple[Share, ...]
    branches: int
    last_written_at: datetime | None
