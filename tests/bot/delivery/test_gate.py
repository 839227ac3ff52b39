"""All of delivery's requests together stay under Discord's fifty a second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.gate import Gate

DISCORDS_LIMIT = 50


@given(st.lists(st.floats(min_value=0, max_value=3), min_size=1, max_size=300))
def test_no_second_ever_has_too_many_requests(pauses: list[float]) -> None:
    gate, now, passed = Gate(), 1_000.0, []
    for pause in pauses:
        now += pause / 10
        passed.append(now + gate.book(now))
    for moment in passed:
        assert sum(moment <= other < moment + 1.0 for other in passed) < DISCORDS_LIMIT


def test_a_few_requests_after_a_quiet_time_wait_for_nothing() -> None:
    gate = Gate()
    assert [gate.book(1_000.0) for _ in range(20)] == [0.0] * 20


def test_those_who_wait_keep_their_order() -> None:
    gate = Gate()
    waits = [gate.book(1_000.0) for _ in range(60)]
    assert waits == sorted(waits)
    assert waits[-1] > 1.0
