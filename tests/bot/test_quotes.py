"""Quotes are found as they stand in their text, and invented ones are not."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import ANCHORS_MAX, find_quote, paragraph_at

DRAFT = (
    "The lamp was lit, and nobody knew who had lit it.\n\n"
    "“I don’t  know,” said Mara — softly… “Ask the\nkeeper.”\n\n"
    "Rain fell on the long road to the harbour until the morning came and the gulls began to cry."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("nobody knew who had lit it.", "nobody knew who had lit it."),
        ('"nobody knew who had lit it"', "nobody knew who had lit it"),
        ("NOBODY KNEW", "nobody knew"),
        ("I don't know", "I don’t  know"),
        ('"I don\'t know," said Mara', "“I don’t  know,” said Mara"),
        ("said Mara - softly...", "said Mara — softly"),
        ("Ask the keeper.", "Ask the\nkeeper."),
        ("The lamp was lit...", "The lamp was lit"),
        ("Rain fell on the long road … gulls", "Rain fell on the long road"),
        ("harbour", "harbour"),
    ],
)
def test_a_quote_is_found_as_it_stands_in_the_text(quote: str, found: str) -> None:
    its = find_quote(DRAFT, quote)
    assert its is not None
    assert its.text == found == DRAFT[its.start : its.end]


@pytest.mark.parametrize(
    "quote",
    [
        "Rain fell on the long street to the harbour until the morning",
        "Rain fell on a long road to the harbour until the",
    ],
)
def test_a_slip_in_a_long_quote_leads_to_what_stands_there(quote: str) -> None:
    its = find_quote(DRAFT, quote)
    assert its is not None
    assert its.text.startswith("Rain fell on the long road to the harbour until the")


@pytest.mark.parametrize(
    "quote", ["nobody knew who has lit", "The lamp was dark", "Rain fell upon long roads to a port"]
)
def test_a_slip_in_a_short_quote_makes_it_another(quote: str) -> None:
    assert find_quote(DRAFT, quote) is None


@pytest.mark.parametrize("quote", ["", "  ", "…", '""', "it", "a", "-- ,", "\u200b"])
def test_what_is_too_short_to_be_told_apart_is_no_quote(quote: str) -> None:
    assert find_quote(DRAFT, quote) is None


def test_nothing_is_found_in_an_empty_text() -> None:
    assert find_quote("", "nobody knew") is None


def test_a_part_of_a_word_is_no_quote() -> None:
    assert find_quote("An unlikely story", "likely story") is None


def test_the_first_of_two_places_is_meant() -> None:
    its = find_quote("So it goes. So it goes.", "so it goes")
    assert its is not None
    assert its.start == 0


def test_a_quote_is_found_behind_many_places_that_begin_as_it_does() -> None:
    text = f"{'so it went on and ' * (ANCHORS_MAX + 1)}so it went on and out"
    its = find_quote(text, "so it went on and out")
    assert its is not None
    assert its.end == len(text)


def test_a_text_that_repeats_itself_does_not_hold_a_quote_up() -> None:
    begun = process_time()
    its = find_quote("ha " * 20_000, f"{'ha ' * 60}ho")
    assert process_time() - begun < 5
    assert its is not None
    assert set(its.text.split()) == {"ha"}


def test_chinese_is_compared_a_character_at_a_time() -> None:
    its = find_quote("春眠不觉晓\uff0c处处闻啼鸟。\n夜来风雨声\uff0c花落知多少。", "「处处闻啼鸟」")
    assert its is not None
    assert (its.text, its.paragraph) == ("处处闻啼鸟", 1)


def test_a_quote_knows_its_paragraph() -> None:
    quotes = [find_quote(DRAFT, quote) for quote in ("lamp was lit", "ask the keeper", "the gulls")]
    assert [quote and quote.paragraph for quote in quotes] == [1, 2, 3]


def test_where_no_line_is_blank_each_line_is_a_paragraph() -> None:
    assert [paragraph_at("\none\ntwo\n three", at) for at in (1, 5, 10)] == [1, 2, 3]


def test_a_second_look_at_a_found_quote_finds_the_same() -> None:
    its = find_quote(DRAFT, "Rain fell on a long road to the harbour until the morning came")
    assert its is not None
    assert find_quote(DRAFT, its.text) == its


WORDS = st.lists(
    st.sampled_from(("the", "sea", "was", "dark", "and", "nobody", "came", "to", "say", "why", "had")),
    min_size=2,
    max_size=60,
)
ENDS = st.sampled_from([" ", ", ", ". ", "\n\n", " — ", "… ", "” “"])


@given(WORDS, ENDS, st.data())
def test_whatever_stands_in_a_text_is_found_there(words: list[str], glue: str, data: st.DataObject) -> None:
    text = glue.join(words)
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    its = find_quote(text, " ".join(words[first:last]).upper())
    assert its is not None
    assert its.text.lower().count(words[first]) >= 1
    assert text[its.start : its.end] == its.text


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_found_stands_in_the_text(text: str, quote: str) -> None:
    its = find_quote(text, quote)
    assert its is None or text[its.start : its.end] == its.text
    assert its is None or its.text.strip()
