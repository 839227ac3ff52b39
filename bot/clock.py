"""The time as a value that is handed in, so that tests can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time in UTC, with its zone."""
    return datetime.now(UTC)


def to_ms(time: datetime) -> int:
    """Return a time as the database keeps it: milliseconds UTC."""
    return round(time.timestamp() * 1_000)


def ms_between(start: datetime, end: datetime) -> int:
    """Return how long something took, in whole milliseconds."""
    return round((end - start).total_seconds() * 1_000)


def from_ms(milliseconds: int) -> datetime:
    """Return the time of a kept number of milliseconds UTC."""
    return datetime.fromtimestamp(milliseconds / 1_000, UTC)
