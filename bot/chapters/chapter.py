"""Chapters and summaries as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

TITLE_MAX = 100
SUMMARY_MAX = 1_000


class Level(StrEnum):
    """What a summary is of."""

    SCENE = "scene"
    CHAPTER = "chapter"
    RUN = "run"
    """Scenes, chapters or such runs, one after another."""


Span = tuple[Level, int, int]
"""What a summary is of, and the ids of its first and last passage."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter that begins after the passage `after_id`, on every branch through it; None is the story's beginning."""

    id: int
    story_id: int
    title: str
    after_id: int | None


@dataclass(frozen=True, slots=True)
class NewSummary:
    """A summary about to be kept, of the passages from `first_id` to `last_id`, made of words with this `fingerprint`.

    `model` wrote it, or the member `written_by`; neither where sentences of the passages stand for them.
    """

    level: Level
    first_id: int
    last_id: int
    fingerprint: str
    text: str
    model: str | None = None
    written_by: int | None = None


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A version of a summary, as it was written."""

    id: int
    story_id: int
    level: Level
    first_id: int
    last_id: int
    fingerprint: str
    text: str
    model: str | None
    written_by: int | None
    written_at: datetime

    @property
    def span(self) -> Span:
        """Return what it is of: all summaries of that are its versions."""
        return self.level, self.first_id, self.last_id
