from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.database import Database
from tests.bot.lore.library import Library
from tests.scripted import ScriptedEngine


@pytest.fixture
async def library(database: Database, engine: ScriptedEngine) -> AsyncIterator[Library]:
    library = Library(database, engine)
    async with library.queue.running():
        yield library
