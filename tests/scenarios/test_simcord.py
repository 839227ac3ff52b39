"""An evening on a Discord that someone else wrote, so that our idea of it is not the only one that passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord

from bot.app import open_salon
from bot.clock import utc_now
from bot.settings import Settings
from tests.judges import ScriptedJudge
from tests.scripted import ScriptedEngine


@asynccontextmanager
async def someone_elses_discord(data_dir: Path, engine: ScriptedEngine) -> AsyncIterator[Any]:
    """Run our bot in simcord, put on today's date, for tokens live by the clock.

    This is no fixture, for simcord must be left in the context in which it was entered.
    """
    settings = Settings(_env_file=None, data_dir=data_dir)
    async with (
        open_salon(settings, engine=engine, judge=ScriptedJudge(), pushes_commands=True) as salon,
        simcord.run(salon.client, shard_count=1) as env,
    ):
        await env.advance_time((utc_now() - env.now()).total_seconds())
        yield env


def labels(message: Any) -> list[str]:
    return [button.label for row in message.components for button in row.children]


async def test_a_story_is_told_on_simcord(tmp_path: Path, engine: ScriptedEngine) -> None:
    async with someone_elses_discord(tmp_path, engine) as env:
        guild = env.create_guild()
        lounge = guild.create_text_channel("lounge")
        await tell_a_story(guild.add_member(env.create_user("ada")), lounge, engine)


async def tell_a_story(ada: Any, lounge: Any, engine: ScriptedEngine) -> None:
    await ada.slash(lounge, "story start", title="The Lighthouse", opening="It began to rain.")
    assert lounge.last_message.content == "It began to rain."
    engine.enqueue(["And it went on raining."])
    passage = (await ada.slash(lounge, "story continue")).response
    assert passage.content == "And it went on raining."
    assert labels(passage.message) == ["Continue", "Retry", "Steer…", "Undo", "Write…", "X"]

    engine.enqueue(["And then it stopped."])
    retried = (await ada.click(passage, label="Retry")).response
    assert retried.content == "And then it stopped."
    await ada.click(retried, label="◂")
    assert retried.content == "And it went on raining."
    form = await ada.click(retried, label="Steer…")
    engine.enqueue(["A ship came."])
    assert (await ada.submit_modal(form, {"steer": "a ship"})).response.content == "A ship came."

    read = await ada.slash(lounge, "story read")
    assert read.ephemeral
    assert "And it went on raining." in read.response.embeds[0].description
    tree = await ada.slash(lounge, "story branches")
    assert tree.response.attachments[0].filename == "branches.png"


async def test_a_picture_is_drawn_on_simcord(tmp_path: Path, engine: ScriptedEngine) -> None:
    async with someone_elses_discord(tmp_path, engine) as env:
        guild = env.create_guild()
        lounge = guild.create_text_channel("lounge")
        ada = guild.add_member(env.create_user("ada"))
        picture = (await ada.slash(lounge, "picture imagine", prompt="a red boat", count=2)).response
        assert picture.content == "**ada** asks for: a red boat"
        assert [file.filename for file in picture.attachments] == ["picture-1.png", "picture-2.png"]
        again = (await ada.click(picture, label="Again")).response
        assert again.content == "**ada** asks once more for: a red boat"
        question = (await ada.click(again, label="Delete")).response
        await ada.click(question, label="Delete")
        assert again.attachments == []


async def test_who_may_not_is_told_so_alone_on_simcord(tmp_path: Path, engine: ScriptedEngine) -> None:
    async with someone_elses_discord(tmp_path, engine) as env:
        guild = env.create_guild()
        lounge = guild.create_text_channel("lounge")
        ben = guild.add_member(env.create_user("ben"))
        refused = await ben.slash(lounge, "story add", text="Hello?")
        (answer,) = refused.followups
        assert answer.ephemeral
        assert "no story yet" in answer.content
        assert "Hello?" in answer.content
