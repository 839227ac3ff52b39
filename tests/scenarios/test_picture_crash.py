"""The bot is killed at every place of a picture's life, and started again: the picture is delivered, and once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.jobs.queue import JobQueue
from sandbox import Sandbox
from sandbox.handles import Message
from tests.scenarios.conftest import salon_at
from tests.scenarios.doomed import PLACES, DoomedBot
from tests.scripted import ScriptedEngine

IN_PLACE = [place for place in PLACES if place != "sent anew"]
DRAWN_AGAIN = ["half drawn", "drawn", "kept as files", "written and not committed"]
"""Until its row is committed a picture is not there: what was drawn is drawn again from the same seed."""


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Tells that the bot in this process has noted a delivery."""
    noted, note = asyncio.Event(), JobQueue.mark_delivered

    async def note_and_tell(queue: JobQueue, job_id: int, *, undeliverable: str | None = None) -> None:
        await note(queue, job_id, undeliverable=undeliverable)
        noted.set()

    monkeypatch.setattr(JobQueue, "mark_delivered", note_and_tell)
    return noted


def is_finished(message: Message) -> bool:
    return "Again" in message.labels


async def asked(discord: Sandbox, data_dir: Path, place: str) -> Message:
    """Let Ada ask for a picture, and the bot be killed at a place of its life."""
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    async with DoomedBot(discord, data_dir, place) as bot:
        answer: Message = await ada.slash(lounge, "picture imagine", prompt="a red boat", seed=5)
        if place == "half drawn":
            await answer.until(lambda message: bool(message.files))
        else:
            await bot.stands_still()
    return answer


@pytest.mark.parametrize("place", IN_PLACE)
async def test_wherever_the_bot_is_killed_the_picture_is_delivered_once(
    discord: Sandbox, tmp_path: Path, delivered: asyncio.Event, place: str
) -> None:
    answer, engine = await asked(discord, tmp_path, place), ScriptedEngine()
    async with salon_at(discord, tmp_path, engine) as salon:
        await delivered.wait()
        assert is_finished(answer)
        (file,) = answer.files
        assert [message.id for message in discord.channel("lounge").messages] == [answer.id]
        (work,) = await salon.services.pictures.works_of(1)
        assert file.content == await salon.services.pictures.content(work)
        assert [path.name for path in salon.settings.works_dir.rglob("*.*")] == [work.file]
    assert [request.seeds for request in engine.pictures] == ([(5,)] if place in DRAWN_AGAIN else [])


@pytest.mark.parametrize("is_killed_again", [False, True])
async def test_after_a_long_night_the_picture_calls_whoever_asked_for_it(
    discord: Sandbox, tmp_path: Path, delivered: asyncio.Event, is_killed_again: bool
) -> None:
    answer = await asked(discord, tmp_path, "stored")
    discord.clock.advance(minutes=600)
    if is_killed_again:
        async with DoomedBot(discord, tmp_path, "sent anew") as bot:
            await bot.stands_still()
    lounge = discord.channel("lounge")
    async with salon_at(discord, tmp_path, ScriptedEngine()):
        final = await lounge.next_message(is_finished)
        await delivered.wait()
    assert answer.deleted
    assert final.mentions == [discord.member("Ada")]
    assert len(final.files) == 1
    assert lounge.messages == [final]
