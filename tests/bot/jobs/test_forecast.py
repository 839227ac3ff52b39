"""Places and estimates: honest ones, or none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobs.forecast import Forecast, forecast
from bot.jobs.job import Job
from bot.jobs.line import Line
from bot.jobs.pace import Pace, Took
from tests.bot.jobs.simulation import Device, Pools, job


def look_ahead(line: Line, pace: Pace, seats: int = 1, running_s: float = 0.0) -> dict[int, Forecast]:
    return forecast(line, Pools(seats), pace.expect_ms, pace.duration_s, lambda _: running_s)


def line_with_one_seated(*waiting: Job) -> Line:
    line = Line()
    line.join(job(1, 1))
    line.admit(Pools(1), lambda _: 100.0)
    for each in waiting:
        line.join(each)
    return line


MEASURED = Pace([Took("write", device_ms=5_000, elapsed_ms=10_000)])


def test_places_count_from_the_next_and_waits_from_now() -> None:
    ahead = look_ahead(line_with_one_seated(job(2, 2), job(3, 3)), MEASURED, running_s=4)
    assert ahead == {2: Forecast(1, 6), 3: Forecast(2, 16)}


def test_a_job_that_takes_longer_than_usual_is_expected_to_end_soon_but_not_at_once() -> None:
    ahead = look_ahead(line_with_one_seated(job(2, 2)), MEASURED, running_s=60)
    assert ahead == {2: Forecast(1, 1)}


def test_before_anything_was_measured_there_is_no_estimate() -> None:
    assert look_ahead(line_with_one_seated(job(2, 2)), Pace()) == {2: Forecast(1, None)}


def test_whoever_waits_for_a_picture_waits_for_pictures_alone() -> None:
    line = line_with_one_seated(job(2, 2))
    line.join(job(3, 3, kind="draw"))
    pace = Pace([Took("write", 5_000, 10_000), Took("draw", 20_000, 30_000)])
    assert look_ahead(line, pace) == {3: Forecast(1, 0), 2: Forecast(2, 10)}
    line.admit(Pools(1), lambda _: 100.0)
    line.join(job(4, 4, kind="draw"))
    assert look_ahead(line, pace)[4].wait_s == 30


def test_an_engine_without_seats_promises_nothing() -> None:
    line = Line()
    line.join(job(1, 1))
    assert look_ahead(line, MEASURED, seats=0) == {}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2), st.integers(1, 4)), min_size=1, max_size=30), st.integers(1, 8))
def test_when_costs_are_as_expected_the_forecast_comes_true(asks: list[tuple[int, int]], seats: int) -> None:
    device = Device(seats=seats)
    pace = Pace([Took("write", device_ms=100, elapsed_ms=100)])
    for server_id, member_id in asks:
        device.ask(member_id, server_id=server_id)
    ahead = look_ahead(device.line, pace, seats)
    device.run()
    assert {id: device.started[id] / 1_000 for id in ahead} == {
        id: round(each.wait_s or 0.0, 9) for id, each in ahead.items()
    }


def test_a_long_line_is_forecast_in_a_moment() -> None:
    line = Line()
    for id in range(1, 201):
        line.join(job(id, id % 40))
    assert len(look_ahead(line, MEASURED, seats=8)) == 200


def test_a_kind_that_was_not_measured_is_expected_to_take_what_the_others_take() -> None:
    pace = Pace([Took("a", 100, 100), Took("b", 300, 300)])
    assert pace.expect_ms(job(1, 1)) == 200


def test_each_kind_has_its_own_pace() -> None:
    pace = Pace([Took("write", 1_000, 8_000), Took("draw", 2_000, 3_000)])
    assert [pace.duration_s(job(1, 1, kind=kind)) for kind in ("write", "draw")] == [8, 3]
    assert pace.device_ms(job(1, 1, kind="draw"), elapsed_ms=1_500) == 1_000


def test_averages_follow_what_is_newest() -> None:
    pace = Pace([Took("write", 100, 100)])
    for _ in range(30):
        pace.learn(Took("write", 500, 1_000))
    assert 490 < pace.expect_ms(job(1, 1)) <= 500
    assert 0.9 < (pace.duration_s(job(1, 1)) or 0) <= 1


def test_what_was_given_up_is_charged_for_the_time_it_ran() -> None:
    assert MEASURED.device_ms(job(1, 1), elapsed_ms=2_000) == 1_000
    assert Pace().device_ms(job(1, 1), elapsed_ms=2_000) == 2_000
    assert Pace().device_ms(job(1, 1), elapsed_ms=60_000) == 5_000
