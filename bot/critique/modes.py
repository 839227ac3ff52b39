"""The ways to read a draft, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.critique.critique import Mode


@dataclass(frozen=True, slots=True)
class Way:
    """What a model is told of a mode, the kinds that a note can be, and whether it may do nothing but ask."""

    instructions: str
    kinds: tuple[str, ...]
    only_asks: bool = False


@cache
def ways() -> Mapping[Mode, Way]:
    """Return how each mode reads; the line edit is told by its own prompt."""
    told = tomllib.loads(files(__package__).joinpath("modes.toml").read_text(encoding="utf-8"))
    return {Mode(name): Way(**{**way, "kinds": tuple(way["kinds"])}) for name, way in told.items()}
