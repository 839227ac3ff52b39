"""What a job for a critique is asked, and what its reading came to so far: kept with the job as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.critique.critique import Mode, Note, Wish
from bot.jobs.asker import Asker
from bot.jobs.job import SO_FAR, Job

READ = "critique.read"
WEIGH = "critique.weigh"
CORRECT = "critique.correct"

PARTS_MAX = 12
"""More of a draft is not read; the answer says up to where it was."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parts read so far came to: a part's notes stand together, as its strength and its issue do."""

    notes: tuple[tuple[Note, ...], ...] = ()
    strengths: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    dropped: int = 0
    larger: int = 0
    summary: str = ""
    parts_read: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """A job for a critique of a kept draft; `ends` says where each of its parts ends, `price` what it cost then."""

    draft_id: int
    wish: Wish
    asker: Asker
    ends: tuple[int, ...]
    reading: Reading = Reading()
    price: int = 0

    @classmethod
    def of(cls, job: Job) -> Ask:
        """Return what a job for a critique was asked."""
        asked = job.asked
        wish = {**asked["wish"], "mode": Mode(asked["wish"]["mode"])}
        asker, ends = Asker(**asked["asker"]), tuple(asked["ends"])
        return cls(asked["draft_id"], Wish(**wish), asker, ends, _reading(job.so_far), asked["price"])

    @property
    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        told = asdict(self)
        told[SO_FAR] = told.pop("reading")
        return told

    @property
    def parts(self) -> int:
        """Return how many parts are read at all."""
        return min(len(self.ends), PARTS_MAX)

    @property
    def span(self) -> tuple[int, int]:
        """Return where the part that is to be read begins and ends."""
        number = self.reading.parts_read
        return (self.ends[number - 1] if number else 0), self.ends[number]

    @property
    def is_last(self) -> bool:
        """Say whether no part comes after the one that is to be read."""
        return self.reading.parts_read + 1 >= self.parts

    @property
    def is_whole(self) -> bool:
        """Say whether all of the draft is read."""
        return self.parts == len(self.ends)

    @property
    def read_to(self) -> int:
        """Return up to where the draft is read."""
        return self.ends[self.parts - 1]


def _reading(told: Mapping[str, Any]) -> Reading:
    """Read what the turns came to: nothing, once the job has ended."""
    if "notes" not in told:
        return Reading()
    return Reading(
        notes=tuple(tuple(Note(**note) for note in notes) for notes in told["notes"]),
        strengths=tuple(told["strengths"]),
        issues=tuple(told["issues"]),
        plain=tuple(told["plain"]),
        dropped=told["dropped"],
        larger=told["larger"],
        summary=told["summary"],
        parts_read=told["parts_read"],
    )
