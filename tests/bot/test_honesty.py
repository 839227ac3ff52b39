"""What is said of a draft quotes it truly, and gives no score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.honesty import honest, is_honest

DRAFT = "The lamp was lit. Nobody came up the stair.\n\nRain fell on the “long road home”, and it didn't stop."


def test_lines_that_quote_what_is_not_there_are_left_out_of_an_answer_without_form() -> None:
    text = "Strength: calm\nQuote: nobody came\nQuote: a dragon slept\nKind: tense"
    assert honest(DRAFT, text) == "Strength: calm\nQuote: nobody came\nKind: tense"


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", "„{}“", "«{}»", "「{}」", "\u2018{}\u2019", "'{}'"])
def test_a_sentence_that_quotes_what_is_not_there_is_left_out(marks: str) -> None:
    true, invented = marks.format("Nobody came up the stair"), marks.format("a dragon wept. It hadn't slept well")
    assert honest(DRAFT, f"The words {invented} drag. I like {true} best.") == f"I like {true} best."


@pytest.mark.parametrize(
    "said",
    [
        "The rain is what I'd keep.",
        "A “show, don't tell” problem.",
        "The narrator's rain and Mara's lamp don't meet, and that's the authors' choice.",
        "It didn't stop, and 'it didn't stop' is all one needs.",
        "Two of ten lamps are lit on 5/10/1912.",
    ],
)
def test_what_quotes_nothing_falsely_stays_as_it_is(said: str) -> None:
    assert honest(DRAFT, said) == said


def test_what_is_quoted_stands_there_as_in_the_draft() -> None:
    said = "The words 'NOBODY came up the stair,' slow it."
    assert honest(DRAFT, said) == "The words 'Nobody came up the stair' slow it."
    assert is_honest(DRAFT, said)
    assert not is_honest(DRAFT, "“Somebody ran down the stair” slows it.")


@pytest.mark.parametrize("score", ["8/10", "4.5 / 5", "90 out of 100"])
def test_a_score_is_left_out(score: str) -> None:
    assert honest(DRAFT, f"I would give it {score}. The rain is good.") == "The rain is good."


@given(st.text("ab.! '\"“”\n", max_size=80))
def test_what_is_told_may_be_told(text: str) -> None:
    told = honest(DRAFT, text)
    assert is_honest(DRAFT, told)
    assert honest(DRAFT, told) == told
