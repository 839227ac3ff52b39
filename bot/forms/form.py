"""A form as data: what the model is told, how much it writes, and which check its text is held against."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.errors import NotFound


class Kind(StrEnum):
    """What a form is listed under."""

    POEM = "poem"
    STORY = "story"
    SCRIPT = "script"
    LYRICS = "lyrics"
    DIALOGUE = "dialogue"
    BLURB = "blurb"


@dataclass(frozen=True, slots=True)
class Form:
    """One form; its name for members is `forms.name_KEY` in bot/words.

    `called` is what it is called to the model. `lines` is how many it has, where that is fixed. `language` is the one
    it is checked in; empty where any will do. `example` shows the model a piece about `example_about`. `refrains` lets
    the model repeat itself.
    """

    key: str
    kind: Kind
    called: str
    instructions: str
    max_new_tokens: int
    check: str
    rules: Mapping[str, Any] = field(default_factory=dict)
    lines: int = 0
    language: str = ""
    example_about: str = ""
    example: str = ""
    refrains: bool = False


@cache
def forms() -> Mapping[str, Form]:
    """Return all forms by their keys, in the order of `forms.toml`."""
    told = tomllib.loads(files(__package__).joinpath("forms.toml").read_text(encoding="utf-8"))
    return {key: Form(key=key, **values | {"kind": Kind(values["kind"])}) for key, values in told.items()}


def form_of(key: str) -> Form:
    """Return a form; raise `NotFound` for one that is not there, or not any more."""
    if key not in forms():
        raise NotFound("forms.unknown")
    return forms()[key]


def forms_of(kind: Kind) -> list[Form]:
    """List the forms of a kind."""
    return [form for form in forms().values() if form.kind is kind]
