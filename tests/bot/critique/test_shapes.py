"""What an answer about a draft may be."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest
from pydantic import ValidationError

from bot.answers.shape import outline_of, schema_of
from bot.critique.critique import Mode
from bot.critique.modes import ways
from bot.critique.shapes import NOTES_BOUND, shape_of, whole_shape_of
from tests.bot.critique.conftest import note

SAID = {"strength": "A calm voice.", "issue": "What is at stake for her?"}


def said(advice: str, **more: str) -> dict[str, Any]:
    return {**SAID, "notes": [note(kind="word choice") | {"advice": advice}], **more}


def test_where_only_questions_are_asked_for_nothing_else_is_taken() -> None:
    shape = shape_of(ways()[Mode.QUESTIONS], goes_on=False)
    shape.model_validate(said("Who might have seen it?"))
    shape.model_validate(said("\u8c01\u53ef\u80fd\u770b\u89c1\u4e86\u8fd9\u76cf\u706f\u70b9\u8d77\u6765\uff1f"))
    for wrong in (
        said("You should delete it."),
        said("Who? You should delete it."),
        said("Who saw it?", issue="Dull."),
    ):
        with pytest.raises(ValidationError):
            shape.model_validate(wrong)


def test_other_modes_take_suggestions_too() -> None:
    shape_of(ways()[Mode.CRAFT], goes_on=False).model_validate(said("You should delete it.", issue="Nothing happens."))


def test_the_judgement_of_a_draft_in_parts_is_a_question_where_only_those_are_asked_for() -> None:
    keep = {"keep": [1], "strength": "A calm voice."}
    asking, telling = {**keep, "issue": "What is at stake?"}, {**keep, "issue": "Nothing is at stake."}
    whole = whole_shape_of(ways()[Mode.QUESTIONS])
    whole.model_validate(asking)
    with pytest.raises(ValidationError):
        whole.model_validate(telling)
    whole_shape_of(ways()[Mode.CRAFT]).model_validate(telling)


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_notes_that_are_bound_each_quote_a_sentence_of_another_share(count: int) -> None:
    sentences = tuple(f"Sentence number {number}." for number in range(count))
    shape = shape_of(ways()[Mode.CRAFT], goes_on=False, sentences=sentences)
    nodes = json.loads(schema_of(shape))["$defs"].values()
    shares = [
        tuple(node["properties"]["quote"].get("enum") or [node["properties"]["quote"]["const"]]) for node in nodes
    ]
    assert tuple(chain.from_iterable(shares)) == sentences
    assert len(shares) == min(count, NOTES_BOUND)
    assert f"at most {len(shares)} (" in outline_of(shape)
    assert "Sentence" not in outline_of(shape)
