"""What a job for inspiration is asked, and how far it is: kept with the job as JSON. And what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.answers.reading import Flaw
from bot.jobs.asker import Asker, asker_of
from bot.jobs.job import Job

LOOK = "inspiration.look"
FIND = "inspiration.find"
DIRECT = "inspiration.direct"


@dataclass(frozen=True, slots=True)
class Source:
    """What inspiration is sought in: a text, a passage of a story, a picture, or a spark; and a mood, if any.

    A passage is named and not copied, so that no job keeps what its writer has Salon forget; a picture is a file in
    the works folder. A `mood` is the key of one that is offered, or a member's own words.
    """

    text: str = ""
    passage_id: int | None = None
    picture: str | None = None
    mood: str = ""
    spark: str = ""


@dataclass(frozen=True, slots=True)
class Elements:
    """What a source is made of; the images, `tension_quote` and `works_quote` are as they stand in it.

    `dropped` counts the quotes that do not stand there. Where the answer had no shape, `said` tells it as plain text.
    """

    premise: str = ""
    images: tuple[str, ...] = ()
    motifs: tuple[str, ...] = ()
    tension: str = ""
    tension_quote: str = ""
    works: str = ""
    works_quote: str = ""
    dropped: int = 0
    said: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Elements:
        """Return what was told as JSON."""
        return cls(**dict(told) | {"images": tuple(told["images"]), "motifs": tuple(told["motifs"])})


@dataclass(frozen=True, slots=True)
class Direction:
    """One way to go: `image` is what one would see of it."""

    title: str
    direction: str
    image: str
    constraint: str
    question: str

    @property
    def in_short(self) -> str:
        """Return what it is compared by."""
        return f"{self.title}. {self.direction}"


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking through a lens: a direction, or plain text where that had no shape, or nothing new."""

    lens: str
    direction: Direction | None = None
    said: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Look:
        """Return what was told as JSON."""
        direction = told["direction"]
        return cls(told["lens"], Direction(**direction) if direction else None, told["said"])


@dataclass(frozen=True, slots=True)
class Ask:
    """A job for inspiration, through which `lenses`; and what it has so far.

    Another three from the same source name the job `of_job` that the source and its elements are in, and copy neither.
    `tries` are those that the next direction took already; `miss` is what was wrong with the last of them.
    """

    source: Source
    asker: Asker
    lenses: tuple[str, ...]
    of_job: int | None = None
    seen: str = ""
    elements: Elements | None = None
    looks: tuple[Look, ...] = ()
    tries: int = 0
    miss: Flaw | None = None

    @classmethod
    def of(cls, job: Job) -> Ask:
        """Return what a job for inspiration was asked."""
        asked = job.asked
        return cls(
            Source(**asked["source"]),
            asker_of(job),
            tuple(asked["lenses"]),
            asked["of_job"],
            asked["seen"],
            Elements.read(asked["elements"]) if asked["elements"] else None,
            tuple(map(Look.read, asked["looks"])),
            asked["tries"],
            Flaw.read(asked["miss"]) if asked["miss"] else None,
        )

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @property
    def lens(self) -> str:
        """Return the key of the lens that is looked through next."""
        return self.lenses[len(self.looks)]

    @property
    def directions(self) -> list[Direction]:
        """List the directions that came so far."""
        return [look.direction for look in self.looks if look.direction]

    def after(self, look: Look) -> Ask:
        """Return what is still to do once a lens was looked through."""
        return replace(self, looks=(*self.looks, look), tries=0, miss=None)


@dataclass(frozen=True, slots=True)
class Inspiration:
    """What a job came to; one for another three has no elements of its own."""

    looks: tuple[Look, ...]
    model: str
    seen: str = ""
    elements: Elements | None = None

    @classmethod
    def of(cls, result: Mapping[str, Any]) -> Inspiration:
        """Return what a job for inspiration came to."""
        elements = Elements.read(result["elements"]) if result["elements"] else None
        return cls(tuple(map(Look.read, result["looks"])), result["model"], result["seen"], elements)

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)
