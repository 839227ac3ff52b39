"""The values of the readers' line: a draft that is offered, who took it, and the critique that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.credits.credit import Entry, Prices
from bot.stories.shares import count_words


class DraftOutcome(StrEnum):
    """How a draft left the line; one that waits or is being read has no outcome."""

    CRITIQUED = "critiqued"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"  # its author had Salon forget them


class TakingOutcome(StrEnum):
    """How a reader's time with a draft ended; after anything but a critique the draft is in line again."""

    GIVEN = "given"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft about to be offered; `wish` is what its author wants to know, `warning` what readers should know first.

    The critique of a draft that `is_public` may be read by everyone, else by its author and its reader alone.
    """

    title: str
    text: str
    wish: str = ""
    warning: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the readers' line, without its text; `channel_id` is where it was offered."""

    id: int
    server_id: int
    channel_id: int
    author_id: int | None
    author_name: str
    title: str
    words: int
    wish: str
    warning: str
    is_public: bool
    is_age_restricted: bool
    offered_at: datetime
    outcome: DraftOutcome | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """A reader's time with a draft, until `due_at` at the latest; `critique` is what they gave."""

    id: int
    draft: Draft
    reader_id: int | None
    reader_name: str
    taken_at: datetime
    due_at: datetime
    outcome: TakingOutcome | None = None
    critique: str | None = None
    helpful_at: datetime | None = None

    @property
    def words(self) -> int:
        """Return how long the critique is."""
        return count_words(self.critique or "")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is a member's own: what she has, what she offered and who took it, what she is reading and has read.

    `takings` are of these drafts, `read` are hers; the newest come first everywhere, but drafts in line before others.
    """

    prices: Prices
    balance: int
    entries: Sequence[Entry]
    drafts: Sequence[Draft]
    takings: Sequence[Taking]
    held: Taking | None
    read: Sequence[Taking]
