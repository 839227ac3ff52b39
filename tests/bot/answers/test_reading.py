"""An answer is read as its shape; where it has none, it says what is wrong, and what members read instead."""

from __future__ import annotations

import pytest

from bot.answers.reading import Flaw, plain, read, unshaped
from bot.errors import Unavailable
from tests.bot.answers.notes import BAD, GOOD, Notes, as_json


def flaw_of(answer: str, *, is_cut: bool = False) -> Flaw:
    flaw = read(answer, Notes, is_cut=is_cut)
    assert isinstance(flaw, Flaw)
    return flaw


def test_a_good_answer_is_read_as_its_shape() -> None:
    answer = read(as_json(GOOD), Notes)
    assert isinstance(answer, Notes)
    assert (answer.strength, answer.notes[0].kind) == ("The rain is heard.", "cliché")


def test_texts_in_it_are_tidied() -> None:
    answer = read(as_json({**GOOD, "strength": "  It\u0000 rains. "}), Notes)
    assert isinstance(answer, Notes)
    assert answer.strength == "It rains."


def test_what_is_left_empty_by_tidying_is_missing() -> None:
    assert flaw_of(as_json({**GOOD, "strength": " \u200b "})).complaints == (
        "strength: String should have at least 1 character",
    )


def test_a_bad_answer_says_where_and_why() -> None:
    flaw = flaw_of(as_json(BAD))
    assert [complaint.partition(":")[0] for complaint in flaw.complaints] == ["strength", "notes 0 kind"]
    assert flaw.answer == as_json(BAD)


def test_complaints_are_few_and_short() -> None:
    many = {"strength": 1, "notes": [{}, {}], "x" * 900: 1}
    complaints = flaw_of(as_json(many)).complaints
    assert (len(complaints), max(map(len, complaints)) <= 160) == (3, True)
    assert len(flaw_of(as_json({**GOOD, "x" * 900: 1})).complaints[0]) == 160


@pytest.mark.parametrize("answer", ["", "It is a fine draft.", "[", '{"strength": "It rai', "12", "null", "NaN"])
def test_what_is_no_answer_is_a_flaw(answer: str) -> None:
    assert flaw_of(answer).complaints


def test_an_answer_that_was_cut_off_says_so() -> None:
    flaw = flaw_of(as_json(GOOD)[:30], is_cut=True)
    assert flaw.is_cut
    assert "cut off" in flaw.complaints[0]


def test_a_flaw_can_be_told_and_read_again() -> None:
    flaw = flaw_of(as_json(BAD))
    assert Flaw.read(flaw.told()) == flaw


def test_a_whole_answer_is_told_plainly() -> None:
    answer = {**GOOD, "one_thing": ["rain", "wind"], "is_long": False}
    assert plain(as_json(answer)).splitlines() == [
        "Strength: The rain is heard.",
        "Notes:",
        "",
        "Quote: dark and stormy",
        "Kind: cliché",
        "One thing:",
        "rain",
        "wind",
        "Is long: False",
    ]


def test_of_a_broken_answer_what_is_there_is_told_plainly() -> None:
    broken = as_json(GOOD).partition("my")[0]
    assert plain(broken).splitlines() == ["Strength: The rain is heard.", "Notes:", "", "Quote: dark and stor"]


def test_prose_stays_prose() -> None:
    assert plain("A fine {draft}.") == "A fine {draft}."


def test_the_plain_answer_says_that_it_could_not_be_structured() -> None:
    said = unshaped(flaw_of("A fine {draft}.")).text
    assert said.startswith("The model did not give its answer in the form it was asked for")
    assert said.endswith("\n\nA fine {draft}.")


@pytest.mark.parametrize("answer", ["", " ", "{}", "[]", '{"', '"\u200b"'])
def test_where_nothing_was_said_the_job_says_so(answer: str) -> None:
    with pytest.raises(Unavailable):
        unshaped(flaw_of(answer))
