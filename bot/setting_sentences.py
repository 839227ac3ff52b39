"""What is wrong with a setting, in one sentence: its name, its value, and what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.words import say


class WrongSettings(Exception):
    """Salon cannot start with these settings; the message has one line for each that is wrong."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))


def sentence_for_wrong(name: str, field: FieldInfo, value: object) -> str:
    """Say that `name` has a value it may not have; a secret's value is not shown."""
    shown = say("settings.hidden") if SecretStr in _types(field) else f'"{value}"'
    return say("settings.wrong", name=name, value=shown, allowed=allowed(field))


def sentence_for_unknown(name: str, where: Path, known: Sequence[str]) -> str:
    """Say that there is no such setting, and which one may have been meant."""
    if near := get_close_matches(name, known, n=1):
        return say("settings.unknown_near", name=name, where=str(where), near=near[0])
    return say("settings.unknown", name=name, where=str(where))


def sentence_for_unreadable(file: Path, error: OSError | UnicodeDecodeError) -> str:
    """Say that the file of settings cannot be read, and why."""
    if isinstance(error, UnicodeDecodeError):
        return say("settings.not_utf8", file=str(file))
    return say("settings.unreadable", file=str(file), cause=error.strerror or type(error).__name__)


def allowed(field: FieldInfo) -> str:
    """Say which values a setting may have."""
    if choices := _choices(field):
        return say("settings.choice", choices=", ".join(choices))
    if Path in _types(field):
        return say("settings.folder")
    if field.examples:
        return say("settings.like", example=field.examples[0])
    if bool in _types(field):
        return say("settings.choice", choices="true, false")
    if int in _types(field):
        return say("settings.number", low=_bound(field, Ge, "ge"), high=_bound(field, Le, "le"))
    if float in _types(field):
        return say("settings.fraction", low=_bound(field, Ge, "ge"), high=_bound(field, Le, "le"))
    return say("settings.text")


def _types(field: FieldInfo) -> tuple[Any, ...]:
    """List a field's types; `int | None` is both."""
    given = field.annotation
    types = get_args(given) or (given,)
    return tuple(get_args(t)[0] if get_origin(t) is Annotated else t for t in types if t is not NoneType)


def _choices(field: FieldInfo) -> tuple[str, ...]:
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def _bound(field: FieldInfo, kind: type[Ge | Le], attribute: str) -> str:
    return next(f"{getattr(mark, attribute):.10g}" for mark in field.metadata if isinstance(mark, kind))
