"""The benchmark of pictures: its evening with an engine that draws at once, and its figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bench.pictures import EACH, Night, Wait, first_half, night, report
from bot.jobs.job import Job, JobState, ReplyPlace
from tests.scenarios.conftest import discord_here  # noqa: F401 - the fixture that puts addresses back
from tests.scripted import ScriptedEngine

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def job(number: int, member: int, cost_ms: float = 1000.0) -> Job:
    """Write a picture's job that began as the one of this number."""
    begun = MIDNIGHT + timedelta(seconds=number)
    return Job(
        number, "picture.draw", JobState.DONE, 1, member, ReplyPlace(1), {}, None, None, 1.0, begun, begun,
        cost_ms=cost_ms,
    )  # fmt: skip


def made_up(jobs: list[Job], **changes: int) -> Night:
    counts = {"unserved": 0, "pressed": 2, "cancelled": 2, "provoked_429": 0} | changes
    return Night([Wait(0.1, 1.0)] * 3, [Wait(1.0, 2.0)] * 3, jobs, **counts)


def figures(*nights: Night) -> dict[str, float]:
    return {figure.name: figure.value for figure in report(nights).figures}


@pytest.mark.usefixtures("discord_here")
async def test_everyone_is_served_and_nothing_is_sent_too_often() -> None:
    engine = ScriptedEngine()
    spent = await night(engine, members=3, alone=2)
    assert (len(spent.alone), len(spent.crowd), spent.unserved) == (2, 3 * EACH, 0)
    assert {job.state for job in spent.jobs} == {JobState.DONE}
    assert all(0 < wait.preview_s <= wait.picture_s for wait in [*spent.alone, *spent.crowd])
    assert spent.cancelled <= spent.pressed <= 3
    assert spent.provoked_429 == 0


def test_only_the_half_that_began_first_is_weighed() -> None:
    turns = [job(1, 7), job(2, 8, 3000.0), job(3, 8), job(4, 7)]
    assert sorted(first_half(turns)) == [1000.0, 3000.0]


def test_a_line_that_serves_one_before_the_other_is_unfair() -> None:
    in_turn = [job(1, 7), job(2, 8), job(3, 7), job(4, 8)]
    one_first = [job(1, 7), job(2, 7), job(3, 8), job(4, 8)]
    assert figures(made_up(in_turn))["jain"] == 1.0
    assert figures(made_up(one_first))["jain"] == 0.5


def test_waits_are_summed_up_and_presses_that_came_in_time_are_a_share() -> None:
    found = figures(made_up([job(1, 7), job(2, 8)], pressed=4, cancelled=3))
    assert (found["preview_p50_s"], found["picture_p95_s"], found["crowd_picture_p50_s"]) == (0.1, 1.0, 2.0)
    assert found["cancelled"] == 0.75
