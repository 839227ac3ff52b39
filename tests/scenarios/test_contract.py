"""A whole evening under Discord's own API description and its limits: nothing may leave either."""

from __future__ import annotations

from pathlib import Path

from sandbox import Sandbox
from sandbox.ratelimits import RateLimits
from tests.scenarios.conftest import Evening, is_finished, salon_at
from tests.scripted import ScriptedEngine

LONG = "The tide came in and took the steps one by one, and nobody counted them. " * 60


async def test_an_evening_stays_within_discords_description_and_limits(discord_here: None, tmp_path: Path) -> None:
    engine = ScriptedEngine()
    async with Sandbox(validate=True, limits=RateLimits.realistic()) as discord:
        async with salon_at(discord, tmp_path, engine) as salon:
            evening = Evening(discord, salon, discord.channel("lounge"))
            await play(evening, engine)
        assert discord.violations == []
        assert discord.limits.provoked == {}


async def play(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    await evening.story(ada, opening=LONG[:4000])
    engine.enqueue([LONG[:half] for half in (1500, 1500)])
    long = await evening.lounge.next_message()
    assert len(long.content) <= 2000
    await ben.slash(lounge, "story continue", text="Ben counted them.", length="page")
    passage = await lounge.next_message(is_finished)
    second = await (await ben.press(passage, "Retry")).until(is_finished)
    await ben.press(second, "◂")
    await ada.slash(lounge, "story undo")
    await ada.slash(lounge, "story redo")
    for command in ("branches", "read", "recap", "context", "info", "list", "export"):
        assert (await ada.slash(lounge, f"story {command}")).ephemeral
    for command in ("style list", "settings show", "queue show", "privacy export", "privacy forget", "about"):
        assert (await ada.slash(lounge, command)).ephemeral
    await ada.submit(await ada.slash(lounge, "story memory"), text="x" * 2000)
    await ada.submit(await ada.slash(lounge, "story note"), text="y" * 2000)
    await ada.slash(lounge, "story info")
    await ada.slash(lounge, "story start", title="T" * 100, where="thread", opening=LONG[:3000])
    await ada.slash(lounge, "story finish")
