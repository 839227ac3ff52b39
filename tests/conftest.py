"""Fixtures that many rooms need: a database in a file of its own, an engine that says what it is told to."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.database import Database
from bot.settings import PREFIX, Settings

if TYPE_CHECKING:
    from tests.scripted import ScriptedEngine


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has set for her own Salon changes no test."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with the data in a folder of the test's own."""
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "salon.sqlite3") as opened:
        yield opened


@pytest.fixture
def engine() -> ScriptedEngine:
    from tests.scripted import ScriptedEngine

    return ScriptedEngine()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser for tests of the page: CI must have one, elsewhere its absence is a reason to skip."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        say_so = pytest.fail if os.environ.get("CI") else pytest.skip
        say_so("No Chromium was found; `make browser` says how to get it.")
    return found
