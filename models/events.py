"""What the engine answers, as frozen values.

Text and sight: Started, TextDelta..., Finished. Pictures: Started, then StepDone and Preview as they come, then Drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Started:
    """The request has a seat on the device and its prompt is being read; a picture's tokens are not counted."""

    prompt_tokens: int = 0
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next words; the concatenation of all deltas is the text of Finished (before trimming)."""

    text: str


class FinishReason(StrEnum):
    """Why the text ended."""

    STOP = "stop"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole text and what it cost; `device_ms` is this request's share of the device's time."""

    text: str
    reason: FinishReason
    new_tokens: int
    device_ms: float


@dataclass(frozen=True, slots=True)
class StepDone:
    """So many of a picture's denoising steps are done."""

    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a request's pictures look like by now, in `columns` and `rows` of equal parts: a JPEG of at most 512 px."""

    jpeg: bytes
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """One finished picture: `rgb` holds its rows of pixels, three bytes each."""

    width: int
    height: int
    rgb: bytes
    seed: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """All pictures of a request in the order of its seeds, how they were drawn, and the device time they took."""

    pictures: tuple[DrawnPicture, ...]
    steps: int
    guidance: float
    device_ms: float


Result = Finished | Drawn
Event = Started | TextDelta | StepDone | Preview | Result
