"""The bot goes and comes back: what was accepted is answered, and every old button still means what it says."""

from __future__ import annotations

from pathlib import Path

from sandbox import Sandbox
from tests.scenarios.conftest import Evening, is_finished, salon_at
from tests.scripted import ScriptedEngine


async def test_every_button_works_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada = discord.channel("lounge"), discord.member("Ada")
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        evening = Evening(discord, salon, lounge)
        await evening.story(ada, opening="It began to rain. " * 200)
        first = await evening.ai_passage(ada)
        second = await (await ada.press(first, "Retry")).until(is_finished)
        taken_back = await evening.ai_passage(ada)
        await ada.press(taken_back, "Undo")
        await taken_back.until(lambda message: message.labels == ["Redo"])
        pages = await ada.slash(lounge, "story read")
        tree = await ada.slash(lounge, "story branches")
        farewell = await ada.slash(lounge, "privacy forget")

    engine = ScriptedEngine()
    async with salon_at(discord, tmp_path, engine):
        await ada.press(taken_back, "Redo")
        await taken_back.until(is_finished)
        await ada.press(taken_back, "Undo")
        await taken_back.until(lambda message: message.labels == ["Redo"])
        await ada.press(second, "◂")
        await second.until(lambda message: "1/2" in message.labels)
        await ada.press(second, "▸")
        await second.until(lambda message: "2/2" in message.labels)
        await ada.press(pages, "▸")
        await pages.until(lambda message: message.embeds[0]["footer"]["text"].startswith("Page 2"))
        engine.enqueue(["The rain went on."])
        went_on = await (await ada.press(second, "Continue")).until(is_finished)
        assert went_on.content == "The rain went on."
        engine.enqueue(["The rain stopped."])
        form = await ada.press(went_on, "Steer…")
        steered = await (await ada.submit(form, steer="let it stop")).until(is_finished)
        again = await (await ada.press(steered, "Retry")).until(is_finished)
        await ada.press(again, "Undo")
        await again.until(lambda message: message.labels == ["Redo"])
        gone_to = await ada.choose(tree, [tree.components[0]["components"][0]["options"][0]["value"]])
        assert "turned to another branch" in gone_to.content
        await ada.press(farewell, "Forget me")
        await farewell.until(lambda message: "forgotten you" in message.content)


async def test_what_was_being_written_is_finished_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada = discord.channel("lounge"), discord.member("Ada")
    interrupted = ScriptedEngine()
    async with salon_at(discord, tmp_path, interrupted) as salon:
        evening = Evening(discord, salon, lounge)
        await evening.story(ada, opening="It began to rain.")
        interrupted.hold()
        answer = await ada.slash(lounge, "story continue")
        await interrupted.came(1)
        assert answer.labels == ["Cancel"]

    engine = ScriptedEngine()
    engine.enqueue(["And it went on raining."])
    async with salon_at(discord, tmp_path, engine):
        await answer.until(is_finished)
        assert answer.content == "And it went on raining."
        assert len(engine.history) == 1
