"""What a job for a piece is asked, and the tries made so far: kept with the job as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.jobs.asker import Asker, asker_of
from bot.jobs.job import Job

WRITE = "forms.write"
POLISH = "forms.polish"

SEEDS = 2**32
TRIES = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants written: in which form, about what, and how; without a seed the job's own is taken."""

    form: str
    about: str = ""
    style: str | None = None
    language: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What is to be worked on: a member's `text`, or a passage of a story, which is read when it is needed.

    A passage is named and not copied, so that no job keeps what its writer has Salon forget.
    """

    text: str = ""
    passage_id: int | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """One text the model wrote, and the seed it came from; a bound one was held to its form word by word."""

    text: str
    seed: int
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A job for a piece; `material` is what it is made out of, if it is. `tries` are those that missed the form."""

    wish: Wish
    asker: Asker
    material: Material | None = None
    tries: tuple[Try, ...] = ()

    @classmethod
    def of(cls, job: Job) -> Ask:
        """Return what a job for a piece was asked."""
        asked = job.asked
        tries = tuple(Try(**one) for one in asked["tries"])
        return cls(Wish(**asked["wish"]), asker_of(job), material_of(job), tries)

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished piece: the best of `tries` tries, which was number `number`, and what made it.

    `is_bound` says that the model could write nothing but the form; `style` is the one that was asked for, if any.
    """

    text: str
    seed: int
    is_bound: bool
    number: int
    tries: int
    model: str
    style: str | None

    @classmethod
    def of(cls, result: Mapping[str, Any]) -> Piece:
        """Return what a job for a piece came to."""
        return cls(**{field.name: result[field.name] for field in fields(cls)})

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


def material_of(job: Job) -> Material | None:
    """Return what a job works on."""
    material = job.asked["material"]
    return Material(**material) if material else None
