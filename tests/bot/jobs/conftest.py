from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from bot.jobs.queue import JobQueue
from tests.bot.jobs.house import House
from tests.scripted import ScriptedEngine


@pytest.fixture
async def house(database: Database, engine: ScriptedEngine) -> House:
    await database.execute("CREATE TABLE written (job INTEGER, text TEXT)")
    return House(database, engine)


@pytest.fixture
async def queue(house: House) -> AsyncIterator[JobQueue]:
    queue = house.queue()
    async with queue.running():
        yield queue
