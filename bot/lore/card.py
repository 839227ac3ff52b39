"""Lore cards as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.stories.excerpts import Excerpt


class Priority(StrEnum):
    """How much a card matters, most first: `always` needs no key to be named."""

    ALWAYS = "always"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CardState(StrEnum):
    """Where a card stands: only one that is kept is lore."""

    PROPOSED = "proposed"
    KEPT = "kept"
    DECLINED = "declined"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Typed:
    """A card as a member types it: keys and names with commas between them."""

    title: str
    keys: str
    text: str
    known_by: str = ""
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True)
class Wording:
    """What a card says; `known_by` are the names of those in the story who know it, nobody means everyone."""

    title: str
    keys: tuple[str, ...]
    text: str
    known_by: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card about to be made; of one that the AI proposes `model`, job and `source` say where it comes from."""

    wording: Wording
    state: CardState = CardState.KEPT
    model: str | None = None
    job_id: int | None = None
    source: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a story; `added_by` is who wrote or accepted it, and of a proposal who asked for it."""

    id: int
    story_id: int
    state: CardState
    wording: Wording
    added_by: int
    added_at: datetime
    model: str | None = None
    job_id: int | None = None
    source: Excerpt | None = None

    @property
    def title(self) -> str:
        """Return what people call it."""
        return self.wording.title


@dataclass(frozen=True, slots=True)
class Edited:
    """A card as it reads after a change, and the number of what it said before."""

    card: Card
    version_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A card, why it matters after a story's last passage (None where it does not), and whether there is room."""

    card: Card
    why: str | None = None
    has_room: bool = False
