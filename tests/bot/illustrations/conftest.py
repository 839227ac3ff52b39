from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.database import Database
from tests.bot.illustrations.gallery import Gallery
from tests.scripted import ScriptedEngine


@pytest.fixture
async def gallery(database: Database, engine: ScriptedEngine, tmp_path: Path) -> AsyncIterator[Gallery]:
    gallery = Gallery(database, engine, tmp_path)
    async with gallery.queue.running():
        yield gallery
