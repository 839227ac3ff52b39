"""Going on by buttons alone: from a story's card, from people's own words, and where it is not possible."""

from __future__ import annotations

from pathlib import Path

from sandbox import Sandbox
from tests.scenarios.conftest import Evening, is_finished, salon_at
from tests.scripted import ScriptedEngine


async def test_a_newcomer_writes_and_lets_the_ai_go_on_without_typing_a_command_again(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    card = await evening.story(ada)
    assert card.labels == ["Write…", "Continue"]
    own = await ada.submit(await ada.press(card, "Write…"), text="The lamp had not been lit for years.")
    assert own.content == "The lamp had not been lit for years."
    assert own.labels == ["Write…", "Continue", "X"]

    engine.enqueue(["Tonight it burned."])
    passage = await (await ben.press(own, "Continue")).until(is_finished)
    assert passage.content == "Tonight it burned."
    answer = await ben.submit(await ben.press(passage, "Write…"), text="Nobody dared to look.")
    assert answer.content == "Nobody dared to look."
    assert [part.text for part in engine.texts[-1].parts if "lamp" in part.text]


async def test_the_ai_may_begin_an_empty_story(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    card = await evening.story(ada)
    engine.enqueue(["Once there was a lamp."])
    passage = await (await ada.press(card, "Continue")).until(is_finished)
    assert passage.content == "Once there was a lamp."


async def test_the_opening_has_the_buttons_that_the_card_above_it_then_lacks(evening: Evening) -> None:
    card = await evening.story(evening.person("Ada"), opening="It rained.")
    opening = await evening.lounge.next_message(lambda message: message.content == "It rained.")
    assert (card.labels, opening.labels) == ([], ["Write…", "Continue", "X"])


async def test_own_words_above_an_answer_leave_the_buttons_to_it(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    own = await ada.slash(evening.lounge, "story continue", text="She asked the sea.")
    await evening.lounge.next_message(is_finished)
    assert (own.content, own.labels) == ("She asked the sea.", [])


async def test_where_people_are_alone_there_is_no_continue_and_an_old_one_says_why(evening: Evening) -> None:
    ada = evening.person("Ada")
    before = await evening.story(ada)
    await ada.slash(evening.lounge, "settings channel", ai="human-only")
    card = await evening.story(ada, "Only us")
    assert card.labels == ["Write…"]
    assert "/story continue" not in card.embeds[0]["description"]
    own = await ada.slash(evening.lounge, "story add", text="Us.")
    assert own.labels == ["Write…", "X"]
    await ada.press(before, "Continue")
    await ada.next_message(evening.lounge, lambda message: message.ephemeral and "people" in message.content)


async def test_write_says_what_is_in_the_way_before_anything_is_written(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await ada.slash(evening.lounge, "settings channel", spacing=1)
    card = await evening.story(ada)
    own = await ada.submit(await ada.press(card, "Write…"), text="Mine.")
    early = await ada.press(own, "Write…")
    assert early.ephemeral
    assert "Let one other person write" in early.content
    form = await ben.press(own, "Write…")
    await ada.slash(evening.lounge, "story finish")
    await ben.submit(form, text="An hour's work.")
    await ben.next_message(evening.lounge, lambda message: message.ephemeral and "An hour's work." in message.content)
    finished = await ada.press(card, "Write…")
    assert "finished" in finished.content


async def test_buttons_of_stories_that_are_gone_say_so(evening: Evening) -> None:
    ada = evening.person("Ada")
    card = await evening.story(ada)
    database = evening.salon.database
    await database.execute("DELETE FROM current_stories")
    await database.execute("DELETE FROM stories")
    for label in ("Write…", "Continue"):
        await ada.press(card, label)
        await ada.next_message(evening.lounge, lambda message: message.ephemeral and "not any more" in message.content)


async def test_the_buttons_of_cards_and_own_words_work_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada = discord.channel("lounge"), discord.member("Ada")
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        evening = Evening(discord, salon, lounge)
        card = await evening.story(ada)
        own = await ada.slash(lounge, "story add", text="It began to rain.")
    engine = ScriptedEngine()
    engine.enqueue(["It went on."])
    async with salon_at(discord, tmp_path, engine):
        added = await ada.submit(await ada.press(card, "Write…"), text="It poured.")
        assert added.content == "It poured."
        went_on = await (await ada.press(own, "Continue")).until(is_finished)
        assert went_on.content == "It went on."


async def test_a_struck_message_is_restored_in_place_however_its_passage_came_back(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It began to rain.")
    engine.enqueue(["It poured."])
    passage = await evening.ai_passage(ada)
    await ada.press(passage, "Undo")
    await passage.until(lambda message: message.labels == ["Redo"])
    back = await ada.slash(evening.lounge, "story redo")
    assert back.content == "Ada brought a passage back:\nAI: It poured."
    assert back.labels == ["Continue", "Retry", "Steer…", "Undo", "Write…", "X"]
    await ben.slash(evening.lounge, "story add", text="Ben looked up.")

    await ada.press(passage, "Redo")
    await passage.until(is_finished)
    assert passage.content == "It poured."
    read = await ada.slash(evening.lounge, "story read")
    assert "Ben looked up." in read.embeds[0]["description"]


async def test_the_undo_of_a_passage_that_stands_elsewhere_too_says_how_the_story_ends(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    engine.enqueue(["First try."])
    first = await evening.ai_passage(ada)
    engine.enqueue(["Second try."])
    second = await (await ada.press(first, "Retry")).until(is_finished)
    await ada.press(second, "◂")
    await second.until(lambda message: message.content == "First try.")
    await ada.press(second, "Undo")
    await second.until(lambda message: message.labels == ["Redo"])
    await ada.press(first, "Undo")
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "It now ends with Ada's “It began to rain.…”" in note.content
