"""How English sounds: by the dictionary, put together of two of its words, or by the spelling alone."""

from __future__ import annotations

import pytest

from bot.forms.english import guessed, line_syllables, rhyme, rhyme_nearly, spelled_syllables, syllables, words_in

AGREEMENT_LEAST = 0.85


@pytest.mark.parametrize(
    ("word", "counts"),
    [
        ("silver", {2}),
        ("fire", {1, 2}),
        ("every", {2, 3}),
        ("grandmother's", {3}),
        ("clothesline", {2}),
        ("brillig", {2}),
    ],
)
def test_a_word_has_as_many_syllables_as_it_is_said_with(word: str, counts: set[int]) -> None:
    assert syllables(word) == counts


@pytest.mark.parametrize(
    ("word", "count"),
    [("slithy", 2), ("mome", 1), ("borogoves", 4), ("outgrabed", 3), ("tulgey", 2), ("bandersnatch", 3), ("o'er", 1)],
)
def test_a_word_that_is_in_no_dictionary_is_counted_by_its_spelling(word: str, count: int) -> None:
    assert abs(spelled_syllables(word) - count) <= 1


def test_spelling_agrees_with_the_dictionary_on_most_words() -> None:
    from bot.forms.english import _dictionary

    words = [word for word in list(_dictionary())[::60] if word.isalpha() and len(word) > 2]
    agreed = sum(spelled_syllables(word) in syllables(word) for word in words)
    assert len(words) > 1_000
    assert agreed / len(words) >= AGREEMENT_LEAST


def test_a_line_may_be_said_in_several_ways() -> None:
    assert line_syllables(words_in("Every fire — every night!")) == {6, 7, 8, 9}


@pytest.mark.parametrize(
    "pair",
    ["day may", "beard feared", "nose suppose", "habits rabbits", "me posterity", "temperate date", "love prove"],
)
def test_words_rhyme_by_their_sound_or_to_the_eye(pair: str) -> None:
    one, other = pair.split()
    assert rhyme(one, other)
    assert rhyme(other, one)


@pytest.mark.parametrize("pair", ["water river", "happy lady", "orange door", "day night", "snow now"])
def test_words_that_only_share_a_weak_end_do_not_rhyme(pair: str) -> None:
    one, other = pair.split()
    assert not rhyme(one, other)


@pytest.mark.parametrize("pair", ["come doom", "gone moan", "least possessed", "brow mow"])
def test_some_words_come_near_a_rhyme(pair: str) -> None:
    one, other = pair.split()
    assert not rhyme(one, other)
    assert rhyme_nearly(one, other)


def test_unknown_words_rhyme_by_their_spelling() -> None:
    assert rhyme("wabe", "grabe")
    assert not rhyme("wabe", "tove")


def test_words_that_the_dictionary_lacks_are_named_once() -> None:
    assert list(guessed(words_in("The slithy toves, the slithy sea"))) == ["slithy", "toves"]


def test_words_are_found_between_marks_and_with_their_apostrophes() -> None:
    assert words_in("“Don’t—stop!” o'er the *sea*, ’tis 9") == ["don't", "stop", "o'er", "the", "sea", "'tis", "9"]
