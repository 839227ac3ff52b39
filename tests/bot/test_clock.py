from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.clock import from_ms, to_ms, utc_now


def test_a_time_is_kept_to_the_millisecond_and_comes_back_in_utc() -> None:
    time = datetime(2026, 11, 23, 21, 30, 0, 123_000, tzinfo=timezone(timedelta(hours=2)))
    assert from_ms(to_ms(time)) == time
    assert from_ms(to_ms(time)).tzinfo is UTC


def test_now_has_its_zone() -> None:
    assert utc_now().tzinfo is UTC
