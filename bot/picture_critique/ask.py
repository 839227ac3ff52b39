"""What a job for notes on a picture is asked, and what they came to: kept with the job as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.jobs.job import Job
from bot.pictures.ask import Asker

STUDY = "picture.study"
NOTE = "picture.note"


@dataclass(frozen=True, slots=True)
class PictureWish:
    """What the picture is meant to do, and the one thing to look at; both may be left open."""

    intent: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class PictureAsk:
    """Notes on a picture in the works folder: with what was measured of it and, later, what was seen on it.

    `price` is what they cost when they were asked for.
    """

    image: str
    facts: tuple[str, ...]
    wish: PictureWish
    asker: Asker
    price: int = 0
    seen: str = ""

    @classmethod
    def of(cls, job: Job) -> PictureAsk:
        """Return what a job was asked."""
        asked = job.asked
        wish, facts = PictureWish(**asked["wish"]), tuple(asked["facts"])
        return cls(asked["image"], facts, wish, Asker.of(job), asked["price"], asked["seen"])

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note as it is kept."""

    region: str
    kind: str
    effect: str
    advice: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """All that was said of a picture, by which models; `plain` is what was said where it had no form."""

    model: str
    strength: str = ""
    issue: str = ""
    notes: tuple[Remark, ...] = ()
    plain: str = ""

    @classmethod
    def of(cls, result: Mapping[str, Any]) -> Remarks:
        """Return what a finished job's result told."""
        return cls(**{**result, "notes": tuple(Remark(**note) for note in result["notes"])})

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)
