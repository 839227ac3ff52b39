"""What a drawing job is asked, and for whom: kept with the job as JSON, frozen when it is submitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.jobs.job import Job
from bot.people import Channel, Member
from bot.pictures.picture import How, Spot, Work, WorkId
from bot.styles.picture_style import PictureStyle
from models.requests import Shape

SEEDS = 2**32


@dataclass(frozen=True, slots=True)
class Ask:
    """One drawing of `count` pictures of `size` px, with the seeds from `seed` on.

    The model reads `lead`, then the member's `prompt` within the words of the style, which is frozen: what was asked
    for in a style is drawn in it, though the style be changed or deleted meanwhile. `image` is the file in the works
    folder to begin from, `references` are files to look at. `parent_id` is the work that this one comes from.
    `is_over_upload` says that it began with a picture that a member brought, however many works ago.
    """

    how: How
    prompt: str
    style: PictureStyle
    seed: int
    size: tuple[int, int]
    avoid: str = ""
    count: int = 1
    lead: str = ""
    image: str | None = None
    references: tuple[str, ...] = ()
    strength: float | None = None
    parent_id: WorkId | None = None
    story_id: int | None = None
    passage_id: int | None = None
    is_spoiler: bool = False
    is_over_upload: bool = False

    @property
    def seeds(self) -> tuple[int, ...]:
        """Return a seed for each picture."""
        return tuple((self.seed + number) % SEEDS for number in range(self.count))

    @classmethod
    def of(cls, work: Work) -> Ask:
        """Return what a work's job was asked."""
        return cls.read(json.loads(work.asked))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Ask:
        """Return what was kept as JSON, even before the youngest of the fields were."""
        kept = {field.name: told[field.name] for field in fields(cls) if field.name in told}
        shape = kept["style"]["shape"]
        width, height = kept["size"]
        return cls(
            **kept
            | {
                "how": How(kept["how"]),
                "style": PictureStyle(**kept["style"] | {"shape": Shape(shape) if shape else None}),
                "size": (width, height),
                "references": tuple(kept["references"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom a job is, and what holds where she asked: needed when it is done, long after she asked."""

    member_name: str
    parent_channel_id: int | None
    is_age_restricted: bool
    upload_limit_bytes: int

    @classmethod
    def at(cls, member: Member, spot: Spot) -> Asker:
        """Return who asks here."""
        channel = spot.channel
        return cls(member.name, channel.parent_id, channel.is_age_restricted, spot.upload_limit_bytes)

    @classmethod
    def of(cls, job: Job) -> Asker:
        """Return who asked for a job."""
        return cls(**job.asked["asker"])


def told(ask: Ask, asker: Asker) -> dict[str, Any]:
    """Return the JSON that a drawing job is asked."""
    return {**asdict(ask), "asker": asdict(asker)}


def channel_of(job: Job) -> Channel:
    """Return the channel that a job was asked in."""
    asker = Asker.of(job)
    return Channel(job.reply.channel_id, job.server_id, asker.parent_channel_id, asker.is_age_restricted)
