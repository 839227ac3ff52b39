"""A story with pictures: its cast, its scenes, what members put beside its passages, and what leaves the house."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from sandbox import Sandbox
from sandbox.handles import Message
from sandbox.person import Person
from tests.scenarios.conftest import Evening, credit, salon_at
from tests.scenarios.test_picture_night import a_photo, drawn, is_drawn
from tests.scripted import ScriptedEngine


async def illustrated(evening: Evening, engine: ScriptedEngine, asker: Person, **options: object) -> Message:
    """Have a scene of the lounge's story drawn."""
    engine.enqueue(["A woman lights a lamp in a tower."])
    answer: Message = await asker.slash(evening.lounge, "story illustrate", **options)
    return await answer.until(is_drawn)


async def test_a_scene_is_put_into_words_and_drawn_with_the_looks_of_its_cast(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="Mara lit the lamp.")
    added = await ada.slash(evening.lounge, "cast add", name="Mara", traits="grey coat, red scarf")
    assert "Ada put **Mara** into the cast" in added.content
    answer = await illustrated(evening, engine, ben, steer="from below", shape="tall", style="Ink")
    words = "A woman lights a lamp in a tower. from below. Mara: grey coat, red scarf."
    assert words in answer.content
    assert "✦ AI" in credit(answer)
    assert answer.files[0].description == words
    assert words.removesuffix(".") in engine.pictures[0].prompt
    assert answer.labels.count("In the story") == 1
    engine.enqueue(["Then the light turned."])
    on = await ben.press(answer, "Continue")
    await on.until(lambda message: message.content == "Then the light turned.")


async def test_the_story_is_read_with_its_pictures_and_takes_them_along(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="Mara lit the lamp. " * 60)
    await ada.slash(evening.lounge, "story add", text="Nobody came. " * 100)
    await illustrated(evening, engine, ada)
    page = await ada.slash(evening.lounge, "story read")
    assert page.files == []
    await ada.press(page, "▸")
    await page.until(lambda message: len(message.files) == 1)
    assert "🖼 A woman lights a lamp in a tower." in page.embeds[0]["description"]
    assert page.files[0].description == "A woman lights a lamp in a tower."
    await ada.press(page, "◂")
    await page.until(lambda message: message.files == [])

    (zipped,) = (await ada.slash(evening.lounge, "story export")).files
    with zipfile.ZipFile(io.BytesIO(zipped.content)) as archive:
        assert archive.namelist() == ["The-Lighthouse.md", "pictures/1.png"]
    (web,) = (await ada.slash(evening.lounge, "story export", format="html")).files
    assert b"data:image/png;base64," in web.content
    assert b"Drawn by an AI" in web.content


async def test_a_picture_is_put_into_the_story_by_its_button_and_taken_out_again(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A boat came in.")
    picture = await drawn(evening)
    said = await ada.press(picture, "In the story")
    assert "put a picture into **The Lighthouse**, beside “A boat came in.”" in said.content
    await ben.press(picture, "In the story")
    again = await ben.next_message(evening.lounge, lambda message: "already" in message.content)
    assert again.ephemeral
    await ben.press(said, "Take it out")
    note = await ben.next_message(evening.lounge, lambda message: "Somebody else put that" in message.content)
    assert note.ephemeral
    await ada.press(said, "Take it out")
    await said.until(lambda message: message.labels == [])
    assert (await ada.slash(evening.lounge, "story read")).files == []


async def test_a_members_own_picture_is_used_in_the_story(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A boat came in.")
    posted = await ben.say(evening.lounge, "My own!", files=[a_photo()])
    form = await ben.use_on(posted, "Use in story")
    said = await ben.submit(form, alt="A teal boat")
    assert "put a picture into" in said.content
    page = await ada.slash(evening.lounge, "story read")
    assert "🖼 A teal boat · Brought by Ben" in page.embeds[0]["description"]
    assert page.files[0].description == "A teal boat"


async def test_a_cast_is_listed_changed_and_taken_leave_of(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="Mara lit the lamp.")
    await ada.slash(evening.lounge, "cast add", name="Mara", traits="grey coat", picture=a_photo())
    await ada.slash(evening.lounge, "cast add", name="The tower", traits="white, leaning", kind="place")
    listed = await ben.slash(evening.lounge, "cast list")
    assert listed.ephemeral
    told = listed.embeds[0]["description"]
    assert told.index("People") < told.index("**Mara** 🖼 · grey coat") < told.index("Places") < told.index("leaning")
    shown = await ben.slash(evening.lounge, "cast list", name="mara")
    assert shown.files[0].description == "Mara: grey coat"

    offered = await ada.autocomplete(evening.lounge, "cast edit", focused="name", name="ma")
    assert [choice["value"] for choice in offered] == ["Mara"]
    refused = await ben.slash(evening.lounge, "cast edit", name="Mara")
    assert "Somebody else added Mara" in refused.content
    form = await ada.slash(evening.lounge, "cast edit", name="Mara")
    assert form.values == {"name": "Mara", "traits": "grey coat"}
    edited = await ada.submit(form, name="Mara", traits="red coat")
    assert "red coat" in edited.content
    dropped = await ada.slash(evening.lounge, "cast edit", name="Mara", drop_picture=True)
    assert "changed **Mara**" in dropped.content
    removed = await ada.slash(evening.lounge, "cast remove", name="The tower")
    assert "took **The tower** out" in removed.content
    told = json.dumps((await ben.slash(evening.lounge, "cast list")).embeds)
    assert "tower" not in told
    assert "🖼" not in told


async def test_looks_that_cannot_be_kept_are_given_back(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="Mara lit the lamp.")
    await ben.begin(evening.lounge, "cast add", name="Pim", traits="small, one white ear")
    back = await ben.next_message(evening.lounge, lambda m: m.ephemeral and "one white ear" in m.content)
    assert "Nothing you wrote is lost" in back.content


async def test_where_people_want_to_be_alone_no_scene_is_drawn(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="Only us.")
    await ada.slash(evening.lounge, "settings channel", ai="human-only")
    await ada.begin(evening.lounge, "story illustrate")
    refused = await ada.next_message(evening.lounge, lambda message: "people" in message.content)
    assert refused.ephemeral
    assert engine.history == []


async def test_a_scene_offers_passages_and_picture_styles(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="Mara lit the lamp.")
    await ada.slash(evening.lounge, "story add", text="Nobody came.")
    passages = await ada.autocomplete(evening.lounge, "story illustrate", focused="passage", passage="lamp")
    styles = await ada.autocomplete(evening.lounge, "story illustrate", focused="style", style="ink")
    assert [choice["value"] for choice in styles] == ["Ink"]
    await illustrated(evening, engine, ada, passage=passages[0]["value"])
    assert engine.history[0].parts[-1].text.startswith("Scene: Mara lit the lamp.")  # type: ignore[union-attr]
    await ada.begin(evening.lounge, "story illustrate", passage="the first one")
    await ada.next_message(evening.lounge, lambda message: "Choose one from the list" in message.content)


async def test_a_scene_survives_a_restart_in_either_stage_and_is_delivered_once(
    discord_here: None, tmp_path: Path
) -> None:
    async with Sandbox(validate=True) as discord:
        ada, lounge = discord.member("Ada"), discord.channel("lounge")
        first = ScriptedEngine()
        async with salon_at(discord, tmp_path, first):
            await ada.slash(lounge, "story start", title="The Lighthouse", opening="Mara lit the lamp.")
            first.hold()
            answer = await ada.slash(lounge, "story illustrate")
            await first.came(1)
        second = ScriptedEngine()
        second.enqueue(["A woman lights a lamp in a tower."])
        second.hold()
        async with salon_at(discord, tmp_path, second):
            await second.came(1)
            second.release(1)
            await second.came(2)
        third = ScriptedEngine()
        async with salon_at(discord, tmp_path, third):
            await answer.until(is_drawn)
            page = await ada.slash(lounge, "story read")
        assert len(third.pictures) == 1
        assert "A woman lights a lamp in a tower." in answer.content
        assert len(page.files) == 1
        assert discord.violations == []
