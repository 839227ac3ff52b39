"""Warm rows: the longest common beginning wins, the least recently used goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.text.warm import WarmRows, common_prefix


@dataclass(frozen=True)
class Row:
    nbytes: int = 10


def ints(*tokens: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(tokens, dtype=np.int64)


def test_the_longest_common_beginning_is_found_under_any_key() -> None:
    rows = WarmRows[Row](4)
    rows.put("a", [1, 2, 3, 4], Row())
    rows.put("b", [1, 2, 9], Row())
    assert rows.best(ints(1, 2, 3, 7)) == (3, "a")
    assert rows.best(ints(1, 2, 9, 9)) == (3, "b")
    assert rows.best(ints(5))[0] == 0


def test_a_key_has_one_row() -> None:
    rows = WarmRows[Row](4)
    rows.put("a", [1, 2], Row())
    rows.put("a", [3], Row())
    assert len(rows) == 1
    assert rows.best(ints(1, 2))[0] == 0


def test_the_least_recently_used_row_goes_first() -> None:
    rows = WarmRows[Row](2)
    rows.put("a", [1], Row())
    rows.put("b", [2], Row())
    rows.use("a")
    rows.put("c", [3], Row())
    assert [rows.best(ints(n))[0] for n in (1, 2, 3)] == [1, 0, 1]


def test_rows_go_until_the_rest_fits() -> None:
    rows = WarmRows[Row](9)
    for n in range(5):
        rows.put(str(n), [n], Row())
    rows.shrink(25)
    assert rows.nbytes == 20
    assert rows.best(ints(4))[0] == 1


def test_none_are_kept_where_none_are_wanted() -> None:
    rows = WarmRows[Row](0)
    rows.put("a", [1], Row())
    assert len(rows) == 0


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)))
def test_a_common_prefix_is_common_and_longest(one: list[int], other: list[int]) -> None:
    n = common_prefix(ints(*one), ints(*other))
    assert one[:n] == other[:n]
    assert one[n : n + 1] != other[n : n + 1] or n == len(one) == len(other)
