"""What the engine answers: frozen values, in the order Started, TextDelta..., Finished."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Started:
    """The request has a seat on the device and its prompt is being read."""

    prompt_tokens: int
    cached_tokens: int


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


Event = Started | TextDelta | Finished
