"""A member's roles go with her requests into the line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.database import Database
from bot.policy import AiPolicy
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL
from tests.scripted import ScriptedEngine

PATRONS = 71
PATRON = replace(ANA, role_ids=(PATRONS,))


@pytest.fixture
async def evening(database: Database, engine: ScriptedEngine) -> Evening:
    """An evening whose line nobody serves: requests stay as they were asked."""
    evening = Evening(database, engine)
    await evening.started("One.")
    await evening.roles.set_weight(ADMIN, PATRONS, 2.0)
    return evening


async def test_a_request_weighs_what_its_members_roles_weigh(evening: Evening) -> None:
    patrons = await evening.stories.continue_story(PATRON, CHANNEL, HERE)
    bens = await evening.stories.continue_story(BEN, CHANNEL, HERE)
    assert (patrons.weight, bens.weight) == (2.0, 1.0)


async def test_a_retry_weighs_as_much(evening: Evening) -> None:
    async with evening.queue.running():
        passage = await evening.continued(by=PATRON)
    assert (await evening.stories.retry(PATRON, CHANNEL, HERE, passage.id)).weight == 2.0


async def test_so_does_the_turn_that_an_open_channel_takes_after_her_words(evening: Evening) -> None:
    await evening.wants(AiPolicy.OPEN)
    job = (await evening.stories.add(PATRON, CHANNEL, "Two.", reply=HERE)).job
    assert job is not None
    assert job.weight == 2.0


async def test_a_request_keeps_the_weight_it_was_asked_with(evening: Evening) -> None:
    await evening.stories.continue_story(PATRON, CHANNEL, HERE)
    await evening.roles.set_weight(ADMIN, PATRONS, 4.0)
    await evening.stories.continue_story(PATRON, CHANNEL, HERE)
    rows = await evening.database.fetch_all("SELECT weight FROM jobs ORDER BY id")
    assert [row["weight"] for row in rows] == [2.0, 4.0]
