"""A shape tells the engine its schema and the model what it looks like, and leaves nothing open."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field

from bot.answers.shape import Shape, outline_of, schema_of
from tests.bot.answers.notes import GOOD, Notes


def test_the_schema_takes_what_the_shape_takes_and_nothing_beside_it() -> None:
    schema = Draft202012Validator(json.loads(schema_of(Notes)))
    assert schema.is_valid(GOOD)
    assert not schema.is_valid({**GOOD, "score": 7})
    assert not schema.is_valid({**GOOD, "notes": GOOD["notes"] * 3})  # type: ignore[operator]


def test_the_outline_shows_every_field_in_its_order() -> None:
    note = '("quote": words of the draft, "kind": "cliché" or "tense")'
    assert outline_of(Notes) == f'("strength", "notes": at most 2 {note})'


def test_the_outline_shows_numbers_choices_and_what_may_be_missing() -> None:
    class Place(Shape):
        page: int = Field(ge=1, le=9, description="page number")
        line: str | int | None = None
        is_verse: bool
        form: Literal["prose"]

    shown = '("page": page number, "line": text or integer or null, "is_verse": boolean, "form": "prose")'
    assert outline_of(Place) == shown


class OpenText(Shape):
    told: str


class OpenList(Shape):
    told: list[Literal["a", "b"]]


class OpenNumber(Shape):
    told: int = Field(ge=0)


class OpenInside(Shape):
    parts: list[OpenText | None] = Field(max_length=3)


@pytest.mark.parametrize("shape", [OpenText, OpenList, OpenNumber, OpenInside])
def test_a_shape_without_bounds_is_refused(shape: type[Shape]) -> None:
    with pytest.raises(TypeError, match="Told"):
        schema_of(shape)


def test_a_field_may_be_named_like_a_word_of_schemas() -> None:
    class Odd(Shape):
        type: str = Field(max_length=5)
        items: str = Field(max_length=5)

    assert outline_of(Odd) == '("type", "items")'
    assert json.loads(schema_of(Odd))["required"] == ["type", "items"]
