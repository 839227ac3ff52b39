"""How often everybody's place is worked out anew: at every move, unless the line is long."""

from __future__ import annotations

import asyncio

import pytest

from bot.jobs.board import Board
from bot.jobs.line import Line
from bot.jobs.pace import Pace
from bot.jobs.showing import AGAIN_AFTER_S, Showing
from tests.bot.jobs.house import Alarms, Time
from tests.bot.jobs.simulation import Pools, job


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def alarms() -> Alarms:
    return Alarms()


@pytest.fixture
def showing(line: Line, alarms: Alarms) -> Showing:
    return Showing(line, Pools(), Pace(), Board(), Time(), alarms)


async def test_where_few_wait_a_move_is_shown_at_once_and_each_time(
    line: Line, alarms: Alarms, showing: Showing
) -> None:
    line.join(job(1, 1))
    for _ in range(3):
        showing.soon()
        assert not alarms.set
        await asyncio.sleep(0)
        assert [seconds for seconds, _ in alarms.set.values()] == [AGAIN_AFTER_S]


async def test_where_hundreds_wait_looking_ahead_rests_in_between(line: Line, alarms: Alarms, showing: Showing) -> None:
    for id in range(1, 301):
        line.join(job(id, id))
    showing.soon()
    await asyncio.sleep(0)
    showing.soon()
    ((rest_s, _),) = alarms.set.values()
    assert 0 < rest_s != AGAIN_AFTER_S
    showing.soon()
    ((less_s, _),) = alarms.set.values()
    assert less_s < rest_s  # who moves again in the meantime puts nothing off
