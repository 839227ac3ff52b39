"""Reading what came back: the shape that was asked for, or what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.answers.shape import Shape
from bot.errors import Unavailable
from bot.safety import clean_optional
from bot.words import say

S = TypeVar("S", bound=Shape)

COMPLAINTS_MAX = 3
COMPLAINT_MAX = 160
_JSON: TypeAdapter[Any] = TypeAdapter(Any)
_CUT = "It was cut off before its end. Write less in every field."


@dataclass(frozen=True, slots=True)
class Flaw:
    """An answer that cannot be used, and why, in words for the model; one that `is_cut` is not worth showing to it."""

    answer: str
    complaints: tuple[str, ...]
    is_cut: bool = False

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Flaw:
        """Return what `told` told."""
        return cls(told["answer"], tuple(told["complaints"]), told["is_cut"])


@dataclass(frozen=True, slots=True)
class Unshaped:
    """The plain text that members read where an answer could not be structured; it says so itself."""

    text: str


def read(answer: str, shape: type[S], *, is_cut: bool = False) -> S | Flaw:
    """Return an answer as its shape, each text in it tidied, or what is wrong with it."""
    try:
        return shape.model_validate(_tidied(_JSON.validate_json(answer)))
    except ValidationError as error:
        return Flaw(answer, (_CUT,) if is_cut else tuple(_complaints(error)), is_cut)


def unshaped(flaw: Flaw) -> Unshaped:
    """Tell an answer as plain text, after a sentence that says so. Raises `Unavailable` where nothing was said."""
    text = clean_optional(plain(flaw.answer))
    if not text:
        raise Unavailable("answers.nothing")
    return Unshaped(say("answers.unshaped", text=text))


def plain(answer: str) -> str:
    """Return JSON, be it whole or broken off, as lines of text; what is none stays as it is."""
    try:
        value = _JSON.validate_json(answer, experimental_allow_partial="trailing-strings")
    except ValueError:
        return answer
    return "\n".join(_lines(value))


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return clean_optional(value)
    if isinstance(value, list):
        return [_tidied(each) for each in value]
    return {key: _tidied(each) for key, each in value.items()} if isinstance(value, dict) else value


def _complaints(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False, include_input=False, include_context=False)[:COMPLAINTS_MAX]:
        place = " ".join(str(step) for step in one["loc"])
        yield f"{place}: {one['msg']}"[:COMPLAINT_MAX] if place else one["msg"][:COMPLAINT_MAX]


def _lines(value: Any) -> Iterator[str]:
    """Tell a value: a field a line after its name, a list below it, with an empty line before each entry of fields."""
    if isinstance(value, dict):
        for name, each in value.items():
            lines = ("", *_lines(each)) if isinstance(each, dict | list) else (str(each),)
            yield f"{name.replace('_', ' ').capitalize()}: {lines[0]}".rstrip()
            yield from lines[1:]
    elif isinstance(value, list):
        for each in value:
            yield from ("", *_lines(each)) if isinstance(each, dict) else _lines(each)
    else:
        yield str(value)
