"""Seats, lanes and interruptions: the rules of the line one by one."""

from __future__ import annotations

import pytest

from bot.jobs.job import Job
from bot.jobs.line import Balance, Line
from tests.bot.jobs.simulation import Pools, job


def line_of(*jobs: Job) -> Line:
    line = Line()
    for waiting in jobs:
        line.join(waiting)
    return line


def seat(line: Line, seats: int = 8, pictures: int = 1) -> list[int]:
    """Seat all who may be seated, and return their jobs' ids in order."""
    seated = []
    while next_ := line.admit(Pools(seats, pictures), lambda _: 100.0):
        seated.append(next_.job.id)
    return seated


def test_a_job_whose_lane_is_taken_lets_others_pass() -> None:
    line = line_of(job(1, 1, lane="a"), job(2, 1, lane="a"), job(3, 1, lane="b"), job(4, 2, lane="a"))
    assert seat(line) == [1, 3]
    line.leave(1)
    assert seat(line) == [4]


def test_jobs_without_a_lane_do_not_wait_for_each_other() -> None:
    assert seat(line_of(job(1, 1), job(2, 2))) == [1, 2]


def test_a_member_of_more_weight_may_hold_more_seats() -> None:
    assert len(seat(line_of(*(job(id, 1, weight=3.0) for id in range(1, 20))))) == 5


def test_a_full_pool_holds_up_no_other() -> None:
    line = line_of(*(job(id, id, kind="draw") for id in (1, 2)), job(3, 3), job(4, 4))
    assert seat(line, seats=1) == [1, 3]
    line.leave(3)
    assert seat(line, seats=1) == [4]


def test_a_member_who_holds_seats_of_one_pool_takes_any_free_seat_of_another() -> None:
    line = line_of(job(1, 1), job(2, 1), job(3, 1, kind="draw"), job(4, 1, kind="draw"))
    assert seat(line, seats=2, pictures=2) == [1, 3]


def test_device_time_counts_whatever_it_was_for() -> None:
    line = line_of(job(1, 1, kind="draw"))
    seat(line)
    line.join(job(2, 1))
    line.join(job(3, 2))
    line.settle(1, 900.0)
    assert seat(line, seats=1) == [3]


def test_lanes_cross_pools() -> None:
    line = line_of(job(1, 1, kind="draw", lane="story"), job(2, 2, lane="story"))
    assert seat(line) == [1]


def test_what_was_interrupted_twice_keeps_every_pool_to_itself() -> None:
    line = line_of(job(1, 1, kind="draw", attempts=2), job(2, 2), job(3, 3, kind="draw"))
    assert seat(line) == [1]
    line.leave(1)
    assert sorted(seat(line)) == [2, 3]


def test_whoever_goes_on_is_charged_and_not_lifted_to_the_others_for_coming_back() -> None:
    line = Line()
    line.restore([Balance(1, 2, 500.0), Balance(1, 1, 100.0), Balance(1, 0, 600.0)])
    line.resume([job(1, 1), job(2, 2)])
    seat(line)
    line.settle(1, 50.0)
    line.go_on(job(1, 1, kind="draw"))
    assert (list(line.seated), list(line.waiting)) == ([2], [1])
    assert line.members[1].counter(1) == 150
    assert seat(line) == [1]


def test_what_was_interrupted_goes_first_in_the_order_it_came() -> None:
    line = line_of(job(1, 1), job(2, 2), job(3, 1, attempts=1), job(4, 1, attempts=1))
    assert seat(line, seats=3) == [3, 4, 2]


def test_what_was_interrupted_twice_waits_for_an_empty_device_and_keeps_it_to_itself() -> None:
    line = line_of(job(1, 1, attempts=1), job(2, 2, attempts=2), job(3, 3))
    assert seat(line) == [1]
    line.leave(1)
    assert seat(line) == [2]
    line.leave(2)
    assert seat(line) == [3]


def test_leaving_twice_or_unknown_changes_nothing() -> None:
    line = line_of(job(1, 1))
    seat(line)
    for _ in range(2):
        line.leave(1)
    line.leave(99)
    assert (line.waiting, line.seated) == ({}, {})


def test_a_job_is_charged_once() -> None:
    line = line_of(job(1, 1, weight=2.0))
    seat(line)
    assert line.balances_after(1, 60.0) == [Balance(1, 0, 60.0), Balance(1, 1, 30.0)]
    for _ in range(2):
        line.settle(1, 60.0)
    assert (line.servers.counter(1), line.members[1].counter(1)) == (60, 30)


def test_promises_follow_what_is_measured_meanwhile() -> None:
    line = line_of(job(1, 1, weight=2.0))
    seat(line)
    line.reprice(lambda _: 40.0)
    assert (line.servers.counter(1), line.members[1].counter(1)) == (40, 20)
    line.settle(1, 60.0)
    line.reprice(lambda _: 500.0)
    assert (line.servers.counter(1), line.members[1].counter(1)) == (60, 30)


def test_restored_accounts_decide_as_they_did() -> None:
    line = Line()
    line.restore([Balance(1, 1, 900.0), Balance(1, 2, 100.0), Balance(1, 0, 1_000.0)])
    line.resume([job(1, 1), job(2, 2)])
    assert seat(line) == [2, 1]


def test_a_forecast_leaves_the_line_as_it_is() -> None:
    line = line_of(job(1, 1), job(2, 2))
    twin = line.copy()
    assert seat(twin) == [1, 2]
    assert (list(line.waiting), line.seated) == ([1, 2], {})
    assert seat(line) == [1, 2]


def test_a_forecast_takes_along_only_those_in_the_line() -> None:
    line = Line()
    line.restore([Balance(1, 0, 9.0), *(Balance(1, member_id, 1.0) for member_id in (1, 2)), Balance(2, 0, 9.0)])
    line.join(job(1, 1))
    twin = line.copy()
    assert (twin.servers.active, twin.members[1].active, set(twin.members)) == ({1}, {1}, {1})
    with pytest.raises(KeyError):
        twin.members[1].counter(2)
