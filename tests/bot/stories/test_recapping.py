"""What somebody is told who comes back: what is long ago in short, the last pages word for word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.stories.recapping import RECAP_CHARACTERS, in_short
from bot.stories.remembering import Summary
from bot.stories.story import Passage
from tests.bot.stories.making import ANA, by

SCENES = [Summary(f"scene {first}", "In short.", first, first + 9) for first in range(1, 100, 10)]


def passages(*lengths: int, first: int = 1) -> list[Passage]:
    return [by(ANA, number, "x" * length) for number, length in enumerate(lengths, first)]


def test_what_is_short_is_read_word_for_word() -> None:
    assert in_short(passages(*[100] * 40), SCENES) == ()
    assert in_short([], SCENES) == ()


def test_without_summaries_all_is_read_word_for_word() -> None:
    assert in_short(passages(*[1_000] * 40), []) == ()


def test_what_is_long_ago_is_told_in_short_from_the_scene_in_which_somebody_left() -> None:
    missed = passages(*[1_000] * 35, first=15)
    assert in_short(missed, SCENES) == tuple(SCENES[1:4])


def test_a_last_passage_that_is_longer_than_all_the_room_is_read_whole() -> None:
    missed = passages(10, 10, RECAP_CHARACTERS + 1, first=9)
    assert in_short(missed, SCENES) == tuple(SCENES[:1])


@given(st.lists(st.integers(0, 4_000), max_size=60), st.integers(1, 50))
def test_the_last_pages_are_never_told_in_short(lengths: list[int], first: int) -> None:
    missed = passages(*lengths, first=first)
    told = in_short(missed, SCENES)
    left = [passage for passage in missed if not told or passage.id > told[-1].last_id]
    shortened = missed[: len(missed) - len(left)]
    assert not told or (left and sum(len(passage.text) for passage in [*shortened[-1:], *left]) > RECAP_CHARACTERS)
