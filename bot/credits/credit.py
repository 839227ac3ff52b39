"""The values of credits: an entry of the ledger, and what things cost and earn in a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why credits came or went; each names what the `subject` of its entries is."""

    START = "start"  # nothing: everyone starts once
    ASKED = "asked"  # the draft that was offered
    WITHDRAWN = "withdrawn"  # the draft whose price came back
    GIVEN = "given"  # the taking that ended in a critique
    HELPFUL = "helpful"  # the taking whose critique helped
    AI = "ai"  # the job that an AI answered


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger; `balance` is what a member had after it."""

    amount: int
    balance: int
    reason: Reason
    subject: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Prices:
    """What holds in a server: credits that are paid or earned, the least words of a critique, the hours for writing it.

    A critique that helps earns nothing more unless the admins say so: as long as asking costs what giving earns, there
    are as many readers as drafts.
    """

    asking: int = 1
    giving: int = 1
    helpful: int = 0
    start: int = 1
    ai: int = 0
    words: int = 150
    hours: int = 72


BOUNDS: Mapping[str, tuple[int, int]] = {
    "asking": (0, 20),
    "giving": (0, 20),
    "helpful": (0, 20),
    "start": (0, 20),
    "ai": (0, 20),
    "words": (0, 1_000),
    "hours": (1, 720),
}
