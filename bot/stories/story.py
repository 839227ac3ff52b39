"""Stories and passages as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.stories.limits import Limits


class Length(StrEnum):
    """How much the AI is asked to write."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    PAGE = "page"


class ExportFormat(StrEnum):
    """What a story can leave the house as."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Story:
    """A story of a channel; `tip_id` is the passage it stands at (None while it is empty).

    `host_id` is who started it; None once they had themselves forgotten, and then only admins host it. `lines` and
    `veils` hold a theme a line.
    """

    id: int
    server_id: int
    channel_id: int
    host_id: int | None
    title: str
    style: str
    memory: str
    note: str
    tip_id: int | None
    created_at: datetime
    finished_at: datetime | None = None
    lines: str = ""
    veils: str = ""

    @property
    def limits(self) -> Limits:
        """Return the themes that it leaves out, and those that it only hints at."""
        return Limits(tuple(self.lines.splitlines()), tuple(self.veils.splitlines()))


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage about to be written; the fields mean what they mean in `Passage`."""

    story_id: int
    parent_id: int | None
    author_id: int | None
    author_name: str
    text: str
    by_ai: bool = False
    asked_by_id: int | None = None
    model: str | None = None
    style: str | None = None
    seed: int | None = None
    steer: str | None = None
    length: Length | None = None
    job_id: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One contribution; `author_id` is None for the AI's (then `model` names it) and for a forgotten member's.

    `author_name` is the name as it was when written. `asked_by_id` is who had the AI write it. `alternatives` are the
    ids of the AI passages that share this one's parent, oldest first, this one among them. `reworded_by` are the names
    of the others who changed its words.
    """

    id: int
    story_id: int
    parent_id: int | None
    author_id: int | None
    author_name: str
    text: str
    written_at: datetime
    by_ai: bool = False
    asked_by_id: int | None = None
    model: str | None = None
    style: str | None = None
    seed: int | None = None
    steer: str | None = None
    length: Length | None = None
    job_id: int | None = None
    edited_at: datetime | None = None
    removed: bool = False
    alternatives: tuple[int, ...] = ()
    reworded_by: tuple[str, ...] = ()


class MoveKind(StrEnum):
    """Why a story's tip moved."""

    ADD = "add"
    UNDO = "undo"
    REDO = "redo"
    GO_TO = "go_to"


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a story's tip: from which passage to which (None is before the first one).

    It `steps_back` where somebody asked for that by the X button, and nobody is written down.
    """

    kind: MoveKind
    from_id: int | None
    to_id: int | None
    steps_back: bool = False


@dataclass(frozen=True, slots=True)
class ExportFile:
    """Something ready to be sent: a safe file name and its bytes."""

    name: str
    content: bytes
