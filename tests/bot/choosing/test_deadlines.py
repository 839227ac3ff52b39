"""Votes end when their time is over, without anyone polling for it, and after a restart too."""

from __future__ import annotations

import asyncio

import pytest

from bot.choosing.ballot import Ballot, Outcome
from bot.choosing.deadlines import AGAIN_AFTER_S, Deadlines
from bot.errors import NotStored
from tests.bot.choosing.evening import WAYS, VotingEvening
from tests.bot.jobs.house import Alarms


async def settled(evening: VotingEvening, alarms: Alarms, count: int) -> None:
    """Wait until as many alarms are set."""
    async with asyncio.timeout(5):
        while len(alarms.set) != count:
            await evening.ballots.next_end()


async def outcome(evening: VotingEvening, ballot: Ballot) -> Outcome | None:
    return (await evening.choosing.ballot(ballot.id)).outcome


async def test_an_alarm_is_set_for_the_next_end_and_rings_once(evening: VotingEvening) -> None:
    await evening.started("One.")
    alarms = Alarms()
    async with Deadlines(evening.choosing, later=alarms).running():
        ballot = await evening.votes(await evening.put_to_vote(), ada=1)
        await settled(evening, alarms, 1)
        assert [seconds for seconds, _ in alarms.set.values()] == [600.0]
        evening.pass_minutes(10)
        alarms.ring()
        while await outcome(evening, ballot) is None:
            await evening.ballots.next_end()
        await settled(evening, alarms, 0)
    assert await evening.page() == ["One.", WAYS[0]]


async def test_what_ended_while_nobody_was_there_is_closed_at_the_start(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=1)
    evening.pass_minutes(60)
    async with Deadlines(evening.choosing, later=Alarms()).running():
        while await outcome(evening, ballot) is None:
            await evening.ballots.next_end()
    assert await outcome(evening, ballot) is Outcome.CANON


async def test_what_cannot_be_closed_just_now_is_closed_later(
    evening: VotingEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=1)
    evening.pass_minutes(60)
    alarms = Alarms()

    async def busy(*_: object) -> None:
        raise NotStored("database.busy")

    with monkeypatch.context() as patched:
        patched.setattr(evening.ballots, "ended", busy)
        deadlines = Deadlines(evening.choosing, later=alarms)
        running = deadlines.running()
        await running.__aenter__()
        await settled(evening, alarms, 1)
        assert [seconds for seconds, _ in alarms.set.values()] == [AGAIN_AFTER_S]
    alarms.ring()
    while await outcome(evening, ballot) is None:
        await evening.ballots.next_end()
    await running.__aexit__(None, None, None)
