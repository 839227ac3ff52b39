from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.shares import count_words, percentages, shares_of
from tests.bot.stories.making import ANA, BEN, by, by_ai, removed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two.", 2),
        ("It’s a well-known don't", 4),
        ("— “…” —", 0),
        ("夜は静か", 4),
        ("Grüße, мир!", 2),
        ("3 cats", 2),
    ],
)
def test_words_are_counted_as_readers_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


def test_everyone_has_a_share_in_words_the_ai_among_them() -> None:
    shares = shares_of(
        [by(ANA, 1, "one two three"), by_ai(2, "four five six seven"), by(BEN, 3, "eight"), by(ANA, 4, "nine ten")]
    )
    assert [(share.name, share.passages, share.words, share.by_ai) for share in shares] == [
        ("Ana", 2, 5, False),
        ("Salon", 1, 4, True),
        ("Ben", 1, 1, False),
    ]
    assert [share.percent for share in shares] == [50, 40, 10]


def test_removed_passages_are_nobodys() -> None:
    assert [share.name for share in shares_of([removed(1), by(ANA, 2)])] == ["Ana"]


def test_a_story_without_words_has_shares_of_nothing() -> None:
    assert [share.percent for share in shares_of([by(ANA, 1, "…")])] == [0]


def test_three_equal_shares_are_rounded_to_a_hundred() -> None:
    assert percentages([1, 1, 1]) == [34, 33, 33]
    assert percentages([5, 3, 1]) == [56, 33, 11]
    assert percentages([]) == []


@given(st.lists(st.integers(0, 10**6), max_size=30))
def test_percentages_sum_to_a_hundred_are_off_by_less_than_one_and_keep_the_order(amounts: list[int]) -> None:
    rounded, total = percentages(amounts), sum(amounts)
    assert sum(rounded) == (100 if total else 0)
    assert all(
        abs(percent * total - 100 * amount) < (total or 1) for percent, amount in zip(rounded, amounts, strict=True)
    )
    in_order = [percent for _, percent in sorted(zip(amounts, rounded, strict=True))]
    assert in_order == sorted(rounded)
