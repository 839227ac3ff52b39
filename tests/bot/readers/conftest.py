from __future__ import annotations

import pytest

from bot.database import Database
from tests.bot.readers.circle import Circle


@pytest.fixture
def circle(database: Database) -> Circle:
    return Circle(database)
