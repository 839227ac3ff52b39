"""What the line promises its members in the long run, whatever they do; played through in simulated time."""

from __future__ import annotations

from itertools import cycle
from random import Random
from statistics import median, quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fairness import jain
from bot.jobs.fairness import Accounts
from bot.jobs.job import Job
from tests.bot.jobs.simulation import Device

unhurried = settings(deadline=None)  # a busy machine is no failure
costs = st.floats(10, 1_000)
seats = st.integers(1, 16)
asks = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5), costs, st.booleans()), max_size=60)


@unhurried
@given(asks, seats)
def test_every_accepted_job_gets_its_turn(asks: list[tuple[int, int, float, bool]], seats: int) -> None:
    device = Device(seats=seats)
    asked = []
    for server_id, member_id, cost_ms, let_time_pass in asks:
        asked.append(device.ask(member_id, cost_ms, server_id))
        if let_time_pass:
            device.step()
    device.run()
    assert set(device.started) == {job.id for job in asked}


@unhurried
@given(st.lists(st.tuples(st.integers(1, 5), costs, st.booleans(), st.booleans()), max_size=60), seats, seats)
def test_every_picture_gets_its_turn_as_well_and_no_free_seat_is_left_for_the_other_kind(
    asks: list[tuple[int, float, bool, bool]], seats: int, pictures: int
) -> None:
    device, asked = Device(seats=seats, pictures=pictures), []
    for member_id, cost_ms, is_picture, let_time_pass in asks:
        asked.append(device.ask(member_id, cost_ms, kind="draw" if is_picture else "write"))
        if let_time_pass:
            device.step()
        waiting = {job.kind for job in device.line.waiting.values()}
        assert waiting <= {seated.job.kind for seated in device.line.seated.values()}
    device.run()
    assert set(device.started) == {job.id for job in asked}


@unhurried
@given(st.lists(costs, min_size=4, max_size=30), st.integers(1, 3))
def test_a_newcomer_waits_no_longer_than_for_the_running_jobs_of_those_before(
    hog_costs: list[float], newcomers: int
) -> None:
    device = Device(seats=8)
    for cost_ms in hog_costs:
        device.ask(1, cost_ms)
    for newcomer in range(newcomers):
        asked = device.ask(2 + newcomer)
        assert device.started[asked.id] == 0


@unhurried
@given(st.integers(2, 16))
def test_alone_a_member_gets_a_third_of_the_seats(seats: int) -> None:
    device = Device(seats=seats)
    for _ in range(30):
        device.ask(1)
    assert len(device.line.seated) == max(1, (seats + 1) // 3)


@unhurried
@given(seats)
def test_different_members_may_fill_every_seat(seats: int) -> None:
    device = Device(seats=seats)
    for member_id in range(1, 20):
        device.ask(member_id)
    assert len(device.line.seated) == seats


@unhurried
@given(
    st.lists(st.sampled_from([20.0, 100.0, 200.0]), min_size=1, max_size=10),
    st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), min_size=2, max_size=5),
    st.integers(1, 8),
)
def test_members_who_always_want_more_have_shares_by_weight(
    costs: list[float], weights: list[float], seats: int
) -> None:
    device, next_cost = Device(seats=seats), cycle(costs)

    def ask(member_id: int) -> None:
        device.ask(member_id, next(next_cost), weight=weights[member_id])

    for member_id in range(len(weights)):
        for _ in range(seats + 1):
            ask(member_id)
    for _ in range(40 * seats):
        ended = device.step()
        assert ended
        ask(ended.member_id)
    shares = [device.had_ms[member_id] / weight for member_id, weight in enumerate(weights)]
    # One may have had all the seats when the other has them now, and a job is given whole.
    most_apart = max(costs) * (2 * seats + 1) / min(weights)
    assert max(shares) - min(shares) <= most_apart


def test_shares_follow_weights_even_with_few_seats() -> None:
    device = Device(seats=2)
    for _ in range(300):
        device.ask(1, weight=1.0)
        device.ask(2, weight=3.0)
    for _ in range(200):
        device.step()
    assert device.had_ms[2] / device.had_ms[1] == pytest.approx(3, rel=0.1)


def test_servers_share_the_device_whatever_the_number_of_their_members() -> None:
    device = Device(seats=2)
    for _ in range(50):
        for member_id in range(1, 9):
            device.ask(member_id, server_id=1)
        device.ask(9, server_id=2)
    for _ in range(60):
        device.step()
    assert device.had_ms[9] == pytest.approx(sum(device.had_ms.values()) / 2, rel=0.1)


@unhurried
@given(st.integers(0, 40))
def test_staying_away_saves_no_credit(jobs_before: int) -> None:
    device = Device(seats=1)
    device.ask(1)
    device.run()
    for _ in range(jobs_before):
        device.ask(2)
        device.run()
    device.had_ms.clear()
    for _ in range(20):
        device.ask(1)
        device.ask(2)
    for _ in range(20):
        device.step()
    assert abs(device.had_ms[1] - device.had_ms[2]) <= 200


def test_expected_costs_count_while_real_ones_are_unknown() -> None:
    device = Device(seats=4)
    for _ in range(20):
        device.ask(1)
    for member_id in (2, 3, 4):
        device.ask(member_id)
    assert {seated.job.member_id for seated in device.line.seated.values()} == {1, 2, 3, 4}


def hog_and_lights(chance: Random, *, with_hog: bool) -> tuple[Device, list[Job]]:
    """One with twenty requests, if she is there, then four with two each; played until none of the four waits."""
    device = Device(seats=8)
    for _ in range(20 * with_hog):
        device.ask(1, chance.uniform(70, 130))
    lights = [device.ask(member_id, chance.uniform(70, 130)) for member_id in (2, 3, 4, 5, 2, 3, 4, 5)]
    while any(job.id not in device.started for job in lights):
        device.step()
    return device, lights


def p95_start(device: Device, lights: list[Job]) -> float:
    return quantiles([device.started[job.id] for job in lights], n=20, method="inclusive")[-1]


@pytest.mark.parametrize("seed", range(20))
def test_one_with_twenty_requests_has_no_more_than_four_with_two_each_while_they_wait(seed: int) -> None:
    device, lights = hog_and_lights(Random(seed), with_hog=True)
    order = list(device.started)
    last_light = max(order.index(job.id) for job in lights)
    hogs = last_light + 1 - len(lights)
    assert jain([hogs, 2, 2, 2, 2]) >= 0.95


def test_one_with_twenty_requests_hardly_delays_four_with_two_each() -> None:
    ratios = [
        p95_start(*hog_and_lights(Random(seed), with_hog=True))
        / p95_start(*hog_and_lights(Random(seed), with_hog=False))
        for seed in range(20)
    ]
    assert median(ratios) <= 1.25
    assert max(ratios) <= 1.5


def test_equal_accounts_are_served_in_the_order_they_came() -> None:
    device = Device(seats=1)
    for member_id in (3, 1, 2):
        device.ask(member_id)
    order = [ended.member_id for _ in range(3) if (ended := device.step())]
    assert order == [3, 1, 2]


def test_an_account_that_returns_starts_at_the_least_of_the_active_ones() -> None:
    accounts = Accounts({"ada": 500.0, "ben": 700.0, "cat": 20.0})
    accounts.resume({"ada", "ben"})
    accounts.enter("cat")
    assert accounts.counter("cat") == 500


def test_an_account_that_returns_to_an_empty_line_starts_where_the_last_one_was_served() -> None:
    accounts = Accounts({"cat": 20.0, "ben": 700.0})
    accounts.enter("cat")
    assert accounts.counter("cat") == 700


def test_a_promise_is_replaced_by_what_it_cost() -> None:
    accounts = Accounts[str]()
    accounts.enter("ada")
    accounts.promise("ada", 100)
    assert (accounts.counter("ada"), accounts.paid("ada")) == (100, 0)
    accounts.settle("ada", 100, 30)
    assert (accounts.counter("ada"), accounts.paid("ada")) == (30, 30)
