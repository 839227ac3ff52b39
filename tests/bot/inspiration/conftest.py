from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.bot.inspiration.studio import Studio
from tests.scripted import ScriptedEngine


@pytest.fixture
async def studio(database: Database, engine: ScriptedEngine, tmp_path: Path) -> AsyncIterator[Studio]:
    studio = Studio(database, engine, tmp_path)
    async with studio.queue.running():
        yield studio
