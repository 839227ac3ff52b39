from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from tests.bot.stories.evening import Evening
from tests.scripted import ScriptedEngine


@pytest.fixture
async def evening(database: Database, engine: ScriptedEngine) -> AsyncIterator[Evening]:
    evening = Evening(database, engine)
    async with evening.queue.running():
        yield evening
