from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import Database
from tests.bot.picture_critique.easel import Easel
from tests.scripted import ScriptedEngine


@pytest.fixture
def easel(database: Database, engine: ScriptedEngine, tmp_path: Path) -> Easel:
    return Easel(database, engine, tmp_path)
