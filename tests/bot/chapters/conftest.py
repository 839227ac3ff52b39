from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from tests.bot.chapters.evening import LongEvening
from tests.scripted import ScriptedEngine


@pytest.fixture
async def evening(database: Database, engine: ScriptedEngine) -> AsyncIterator[LongEvening]:
    evening = LongEvening(database, engine)
    async with evening.queue.running():
        yield evening
