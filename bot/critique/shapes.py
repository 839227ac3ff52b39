"""The shape of what a model answers: of a part of a draft, and of all its parts together. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from bot.answers.shape import Shape
from bot.critique.critique import NOTES_MAX
from bot.critique.modes import Way

QUOTE_MAX = 140
NOTES_BOUND = 3
SHAPES_KEPT = 64
JUDGEMENT_MIN = 12  # characters: a small model would name the field and say nothing else
_QUESTION = r"^[^?\uff1f]+[?\uff1f]$"


class NoteShape(Shape):
    """One note."""

    quote: str = Field(
        min_length=1, max_length=QUOTE_MAX, description="words of the draft, exactly as they stand there"
    )
    kind: str = Field(max_length=40)
    effect: str = Field(min_length=JUDGEMENT_MIN, max_length=120, description="what these words do to a reader")
    advice: str = Field(min_length=JUDGEMENT_MIN, max_length=120, description="a question or a suggestion")


class PartShape(Shape):
    """What is said of a part of a draft: its quotes come before the judgement of the whole."""

    strength: str = Field(min_length=JUDGEMENT_MIN, max_length=160, description="what works best")
    notes: list[NoteShape] = Field(min_length=1, max_length=NOTES_MAX)
    issue: str = Field(min_length=JUDGEMENT_MIN, max_length=160, description="the one biggest issue")


class LongPartShape(PartShape):
    """What is said of a part that others follow: also what they need to know of all before them."""

    summary: str = Field(min_length=1, max_length=300, description="what happened so far, in short")


class WholeShape(Shape):
    """What is said of a draft that was read in parts: which of the notes matter most, and the judgement."""

    keep: list[Annotated[int, Field(ge=1, le=99)]] = Field(
        min_length=1, max_length=NOTES_MAX, description="numbers of the notes that matter most"
    )
    strength: str = Field(min_length=JUDGEMENT_MIN, max_length=160, description="what works best in the whole draft")
    issue: str = Field(min_length=JUDGEMENT_MIN, max_length=160, description="its one biggest issue")


@lru_cache(SHAPES_KEPT)
def shape_of(way: Way, *, goes_on: bool, sentences: Sequence[str] = ()) -> type[PartShape]:
    """Return the shape of an answer with notes of a mode's kinds; in one that only asks, its advice is questions.

    One that `goes_on` tells the next part what came before. Where `sentences` are given, each of `NOTES_BOUND` notes
    quotes one out of its share of them: a small model would take the same for all.
    """
    fields: dict[str, Any] = {"kind": (Literal.__getitem__(way.kinds), ...)}
    if way.only_asks:
        fields["advice"] = (str, _question(120, "one question"))
    note = create_model("Note", __base__=NoteShape, **fields)
    notes: Any = (list[note], Field(min_length=1, max_length=NOTES_MAX))
    if sentences:
        notes = (tuple.__class_getitem__(tuple(_bound(note, share) for share in _shares(sentences))), ...)
    return create_model("Part", __base__=LongPartShape if goes_on else PartShape, notes=notes, **_issue(way))


@lru_cache
def whole_shape_of(way: Way) -> type[WholeShape]:
    """Return the shape of what is said of all parts together in a mode."""
    return create_model("Whole", __base__=WholeShape, **_issue(way))


def _shares(sentences: Sequence[str]) -> Iterator[Sequence[str]]:
    count = min(NOTES_BOUND, len(sentences))
    for number in range(count):
        yield sentences[number * len(sentences) // count : (number + 1) * len(sentences) // count]


def _bound(note: type[NoteShape], sentences: Sequence[str]) -> type[NoteShape]:
    quote: Any = (Literal.__getitem__(tuple(sentences)), Field(description="a sentence of the draft"))
    return create_model("BoundNote", __base__=note, quote=quote)


def _issue(way: Way) -> dict[str, Any]:
    return {"issue": (str, _question(160, "the one biggest question"))} if way.only_asks else {}


def _question(most: int, told: str) -> Any:
    return Field(min_length=JUDGEMENT_MIN, max_length=most, pattern=_QUESTION, description=told)
