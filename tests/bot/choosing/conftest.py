from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from tests.bot.choosing.evening import VotingEvening
from tests.scripted import ScriptedEngine


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(seats=4)


@pytest.fixture
async def evening(database: Database, engine: ScriptedEngine) -> AsyncIterator[VotingEvening]:
    evening = VotingEvening(database, engine)
    async with evening.queue.running():
        yield evening
