"""The values of pictures: what is wished for and where, what a drawing job is asked, and the works that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.jobs.job import ReplyPlace
from bot.people import Channel
from models.requests import Shape

DRAW = "picture.draw"
DESCRIBE = "picture.describe"

WorkId = int


class How(StrEnum):
    """What a member pressed or typed for a picture."""

    IMAGINE = "imagine"
    EDIT = "edit"
    RESTYLE = "restyle"
    AGAIN = "again"
    VARY = "vary"
    LARGER = "larger"
    ILLUSTRATE = "illustrate"


class Purpose(StrEnum):
    """What a description is for: who cannot see the picture, who wants it read, or a story that begins there."""

    ALT = "alt"
    READING = "reading"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a picture is asked for and answered, and the largest file that may be sent there."""

    channel: Channel
    reply: ReplyPlace
    upload_limit_bytes: int = 10 * 2**20


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants to see; without a seed the dice choose, without a style the first that suits the pipeline."""

    prompt: str
    style: str | None = None
    avoid: str = ""
    shape: Shape | None = None
    count: int = 1
    seed: int | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a member brought, as it came."""

    content: bytes
    name: str


Source = Upload | WorkId
"""A picture to begin from: one that a member brings, or a work of the server by its id."""


@dataclass(frozen=True, slots=True)
class NewWork:
    """A finished picture about to be kept: its file, how it came to be, and whose it is.

    `sha256` is that of the file as it was sent. `asked` is what its job was asked, as JSON, so that it can be asked
    again; `took_ms` is its part of the device's time.
    """

    sha256: str
    format: str
    size_bytes: int
    width: int
    height: int
    server_id: int
    channel_id: int
    story_id: int | None
    passage_id: int | None
    member_id: int
    member_name: str
    job_id: int
    how: How
    prompt: str
    avoid: str
    style: str
    seed: int
    model: str
    steps: int
    guidance: float
    strength: float | None
    parent_id: WorkId | None
    alt: str
    is_spoiler: bool
    fingerprint: str
    asked: str
    took_ms: float


@dataclass(frozen=True, slots=True)
class Work(NewWork):
    """A kept picture; `may_show` is its maker's consent to show it elsewhere.

    `is_spared` keeps its file when others make room for new ones; a file that did is not there any more.
    """

    id: WorkId
    made_at: datetime
    may_show: bool
    is_spared: bool
    has_file: bool

    @property
    def file(self) -> str:
        """Return the name of its file in the works folder."""
        return f"{self.sha256}.{self.format}"
