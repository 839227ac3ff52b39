"""Rows of the tables of stories as the values they stand for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from bot.clock import from_ms
from bot.stories.story import Length, Passage, Story
from bot.words import say

PASSAGE_FIELDS = [field.name for field in fields(Passage)]
"""The columns of a passage's row, in order."""


def story_of(row: sqlite3.Row) -> Story:
    """Return a row as a story."""
    return Story(
        **dict(row) | {"created_at": from_ms(row["created_at"]), "finished_at": _maybe_time(row["finished_at"])}
    )


def passage_of(row: sqlite3.Row) -> Passage:
    """Return a row as a passage: by places, as a page turn reads thousands, and a name takes longer than a value."""
    values = list(row)
    for place, read in _READ:
        values[place] = read(values[place])
    passage = Passage(*values)
    if not passage.removed:
        return passage
    return replace(passage, text=say("stories.removed"), author_name=say("stories.removed"))


def told(row: sqlite3.Row) -> dict[str, Any]:
    """Return a row as it is told to whom it is about, with times that people can read."""
    times = {name: from_ms(row[name]).isoformat() for name in row.keys() if name.endswith("_at") and row[name]}  # noqa: SIM118
    return dict(row) | times


def _maybe_time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)


def _maybe_length(length: str | None) -> Length | None:
    return Length(length) if length else None


def _ids(listed: str | None) -> tuple[int, ...]:
    return tuple(map(int, listed.split(","))) if listed else ()


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(name or say("stories.somebody") for name in json.loads(listed)) if listed else ()


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "written_at": from_ms,
    "by_ai": bool,
    "length": _maybe_length,
    "edited_at": _maybe_time,
    "removed": bool,
    "alternatives": _ids,
    "reworded_by": _names,
}
_READ = [(PASSAGE_FIELDS.index(name), read) for name, read in _READERS.items()]
