"""The command line: what it says at once, what it refuses and how, and that each command does its work."""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr

from bot.__main__ import main
from bot.commands import play, sync
from bot.database import Database
from bot.errors import Unavailable
from bot.settings import Settings
from sandbox import Sandbox
from tests.logging_state import kept_logging
from tests.models.tiny import save_tiny

COMMANDS = ("play", "run", "check", "sync", "backup", "health")
HELP_WITHIN_S = 0.5
ENDED_WITHIN_S = 30.0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without an .env of anyone's."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def discords_own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put discord.py's addresses back when the test ends."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)


def at_home(settings: Settings, home: Sandbox) -> Settings:
    """Settings for a bot whose Discord is this sandbox."""
    addresses = {"discord_api_url": home.api_url, "discord_gateway_url": home.gateway_url}
    return settings.model_copy(update={**addresses, "token": SecretStr(home.token)})


def salon(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=60)


def test_help_names_every_command_in_half_a_second() -> None:
    started = time.monotonic()
    ran = salon("--help")
    assert time.monotonic() - started < HELP_WITHIN_S
    assert [command for command in COMMANDS if f"    {command} " in ran.stdout] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"salon {command}" in capsys.readouterr().out


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == "salon 0.1.0\n"


@pytest.mark.parametrize("words", [[], ["dance"], ["play", "--port", "99999"], ["play", "--port", "x"], ["backup"]])
def test_what_makes_no_sense_is_refused_with_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: salon" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["play", "run", "check", "sync", "health"])
def test_a_wrong_setting_is_one_sentence_and_code_2(command: str) -> None:
    ran = salon(command, SALON_SLOTS="0")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == 'SALON_SLOTS is "0", but must be a whole number from 1 to 256.\n'


@pytest.mark.parametrize("command", [["play", "--no-open"], ["run"], ["check"], ["backup", "copy"], ["health"]])
def test_a_data_folder_that_cannot_be_is_one_sentence_and_code_2(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    wrong = "n" * 300 if command[0] == "backup" else "file"
    monkeypatch.setenv("SALON_TOKEN", "a.b.c")
    monkeypatch.setenv("SALON_DATA_DIR", wrong)
    with kept_logging():
        assert main(command) == 2
    said = f'SALON_DATA_DIR is "{wrong}", but must be a folder that Salon can make and write to.\n'
    assert capsys.readouterr() == ("", said)


def test_a_world_that_cannot_be_read_is_one_sentence_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = folder / "data" / "play" / "world.json"
    world.parent.mkdir(parents=True)
    world.write_text('{"version": 99}', encoding="utf-8")
    with kept_logging():
        assert main(["play", "--no-open", "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("data/play/world.json is broken, or another version's. Move it away")
    assert said.count("\n") == 1
    assert world.read_text(encoding="utf-8") == '{"version": 99}'


@pytest.mark.parametrize("command", ["run", "sync"])
def test_without_a_token_one_sentence_says_where_to_get_it(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2
    assert capsys.readouterr().err.startswith("SALON_TOKEN is not set.")


@pytest.mark.parametrize(("command", "home"), [("run", "data"), ("play", "data/play")])
def test_a_database_of_a_newer_salon_is_one_sentence_and_left_alone(folder: Path, command: str, home: str) -> None:
    file = folder / home / "salon.sqlite3"
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as newer:
        newer.executescript("PRAGMA journal_mode = WAL; PRAGMA user_version = 9000;")
    before = file.read_bytes()
    ran = salon(command, *(["--port", "0"] if command == "play" else []), SALON_TOKEN="a.b.c")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("The database was written by a newer Salon (schema 9000")
    assert ran.stderr.count("\n") == 1
    assert file.read_bytes() == before


def test_a_model_that_is_too_large_for_the_memory_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def overflow(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("models.text.loading.from_folder", overflow)
    monkeypatch.setenv("SALON_TOKEN", "a.b.c")
    monkeypatch.setenv("SALON_MODEL", str(save_tiny(folder / "tiny")))
    with kept_logging():
        assert main(["run"]) == 1
    assert "does not fit into memory: choose a smaller model" in capsys.readouterr().err


def test_the_file_of_settings_in_the_folder_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / ".env").write_text("SALON_DATA_DIR=elsewhere\n", encoding="utf-8")
    assert main(["health"]) == 1
    assert "elsewhere" in capsys.readouterr().out


def test_a_backup_of_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "copy.sqlite3"]) == 1
    assert "There is no database" in capsys.readouterr().err


async def test_a_backup_says_where_it_is(settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.commands import backup

    async with Database.open(settings.database_path):
        arguments = argparse.Namespace(file=folder / "copy.sqlite3", force=False)
        assert await backup.main(arguments, settings) == 0
    assert "copy.sqlite3" in capsys.readouterr().out


# ── sync and play ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("discords_own_addresses")
@pytest.mark.parametrize("only_one_server", [False, True])
async def test_sync_pushes_the_commands(
    settings: Settings, capsys: pytest.CaptureFixture[str], only_one_server: bool
) -> None:
    async with Sandbox() as home:
        server = home.guild_id() if only_one_server else None
        assert await sync.main(argparse.Namespace(server=server), at_home(settings, home)) == 0
        assert {"story", "queue", "style"} <= {command["name"] for command in home.core.commands.everything()}
    assert "commands are in" in capsys.readouterr().out
    assert not settings.data_dir.exists()


@pytest.mark.usefixtures("discords_own_addresses")
async def test_sync_says_why_it_could_not(settings: Settings) -> None:
    async with Sandbox() as home:
        here = at_home(settings, home)
        with pytest.raises(Unavailable, match="not in server 17"):
            await sync.main(argparse.Namespace(server=17), here)
        with pytest.raises(Unavailable, match="SALON_TOKEN"):
            await sync.main(argparse.Namespace(server=None), here.model_copy(update={"token": SecretStr("wrong")}))
    with pytest.raises(Unavailable, match="cannot be reached"):
        await sync.main(argparse.Namespace(server=None), here)


@pytest.mark.parametrize(("cores", "threads"), [(8, 7), (2, 1), (1, 1), (None, 1)])
def test_play_leaves_a_core_to_the_page(cores: int | None, threads: int) -> None:
    assert play.all_but_one(cores) == threads


def test_play_opens_a_page_and_ends_at_ctrl_c() -> None:
    command = [sys.executable, "-m", "bot", "play", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as playing:
        assert playing.stdout is not None
        try:
            welcome = next(line for line in playing.stdout if "http://" in line)
            with urllib.request.urlopen(welcome.split()[-1]) as page:
                assert b"<html" in page.read()
            playing.send_signal(signal.SIGINT)
            assert playing.wait(ENDED_WITHIN_S) == 0
        finally:
            playing.kill()
    assert Path("data/play/salon.sqlite3").exists()
    assert not Path("data/salon.sqlite3").exists()
