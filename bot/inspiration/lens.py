"""What `/inspire` has as data: lenses to look through, moods, and sparks for those who bring nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from bot.errors import NotFound


@dataclass(frozen=True, slots=True)
class Lens:
    """Someone to look with: who that is to the model, what they see and how they would begin."""

    key: str
    emoji: str
    called: str
    sees: str
    begins: str


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood to choose; `feels` is what the model is told of it."""

    key: str
    emoji: str
    feels: str


@cache
def lenses() -> Mapping[str, Lens]:
    """Return all lenses by their keys."""
    return {key: Lens(key, **values) for key, values in _told("lenses.toml").items()}


def lens_of(key: str) -> Lens:
    """Return a lens; raise `NotFound` for one that an update took away."""
    if key not in lenses():
        raise NotFound("inspiration.lens_gone")
    return lenses()[key]


@cache
def moods() -> Mapping[str, Mood]:
    """Return the moods that are offered, by their keys."""
    return {key: Mood(key, **values) for key, values in _told("moods.toml").items()}


def a_spark(dice: Random) -> str:
    """Return something to begin from: a thing, a place and a turn."""
    return "; ".join(dice.choice(sparks) for sparks in _sparks().values())


@cache
def _sparks() -> Mapping[str, Sequence[str]]:
    return _told("sparks.toml")


def _told(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
