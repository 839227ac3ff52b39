"""Who lies on the device when not all models fit, and what it costs to fetch another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.parking import BUS_BYTES_PER_S, Parking, Tenant, plan

GIB = 2**30
TEXT, PICTURES, SIGHT = Tenant("text", 6 * GIB, 3 * GIB), Tenant("pictures", 7 * GIB, 2 * GIB), Tenant("sight", 4 * GIB)


def test_all_stay_where_all_fit() -> None:
    found = plan([TEXT, PICTURES, SIGHT], 24 * GIB)
    assert (found.resident, found.parked, found.swap_s) == (("text", "pictures", "sight"), (), 0)


def test_those_who_do_not_fit_are_parked_in_the_order_of_importance() -> None:
    found = plan([TEXT, PICTURES, SIGHT], 14 * GIB)
    assert (found.resident, found.parked) == (("text", "sight"), ("pictures",))
    # Pictures need both others gone: sight alone would leave too little.
    assert found.swap_s == pytest.approx((7 + 6 + 4) * GIB / BUS_BYTES_PER_S)


def test_what_fits_in_no_case_is_said() -> None:
    found = plan([TEXT, PICTURES, SIGHT], 8 * GIB)
    assert (found.resident, found.parked, found.too_large) == (("sight",), (), ("text", "pictures"))


def test_a_device_without_a_bound_parks_nobody() -> None:
    assert Parking([TEXT, PICTURES, SIGHT]).resident == ("sight", "pictures", "text")


def test_the_least_recently_used_goes_first() -> None:
    parking = Parking([Tenant(name, 4) for name in "abcd"], 12)
    assert set(parking.resident) == set("abc")
    parking.use("a")
    parking.use("c")
    assert parking.leaving("d") == ("b",)
    parking.left("b")
    parking.came("d")
    assert parking.resident == ("a", "c", "d")


def test_one_at_work_goes_only_if_the_others_are_not_enough() -> None:
    parking = Parking([Tenant("old", 4), Tenant("new", 4), Tenant("small", 2), Tenant("large", 8)], 10)
    parking.use("new")
    assert parking.leaving("large", busy={"old"})[-1] == "old"
    assert parking.leaving("large", busy={"new"})[-1] == "new"


@given(sizes=st.lists(st.integers(1, 20), min_size=1, max_size=6), room=st.integers(20, 40), picks=st.data())
def test_whoever_comes_next_the_room_suffices(sizes: list[int], room: int, picks: st.DataObject) -> None:
    tenants = {str(n): Tenant(str(n), size) for n, size in enumerate(sizes)}
    parking = Parking(list(tenants.values()), room)
    for name in picks.draw(st.lists(st.sampled_from(sorted(tenants)), max_size=20)):
        if name in parking.resident:
            parking.use(name)
        else:
            for other in parking.leaving(name):
                parking.left(other)
            parking.came(name)
        assert parking.resident[-1] == name
        assert sum(tenants[one].needed_bytes for one in parking.resident) <= room
