from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.bot.pictures.atelier import Atelier
from tests.scripted import ScriptedEngine


@pytest.fixture
async def atelier(database: Database, engine: ScriptedEngine, tmp_path: Path) -> AsyncIterator[Atelier]:
    atelier = Atelier(database, engine, tmp_path)
    async with atelier.queue.running():
        yield atelier
