"""How much of a story's beginning is read in short."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from bot.stories.shortening import BLOCKS, in_short

SIZES = st.lists(st.integers(1, 500), max_size=40)


def test_while_all_fits_nothing_is_told_in_short() -> None:
    assert in_short([100, 200], excess=0, budget=400) == 0


def test_the_boundary_moves_by_a_quarter_of_the_budget() -> None:
    saved = list(accumulate([50] * 20))
    assert [in_short(saved, excess, budget=400) for excess in (1, 60, 100, 101, 200)] == [2, 2, 2, 4, 4]


@given(SIZES, st.integers(1, 2_000), st.integers(BLOCKS, 4_000))
def test_as_much_is_spared_as_is_needed_or_all_that_can_be(sizes: list[int], excess: int, budget: int) -> None:
    saved = list(accumulate(sizes))
    count = in_short(saved, excess, budget)
    assert count == len(saved) or saved[count - 1] >= excess
