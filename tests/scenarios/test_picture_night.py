"""An evening of pictures: asked for, changed, varied, looked at closely, deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from sandbox import Sandbox
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit, salon_at
from tests.scripted import ScriptedEngine


def is_drawn(message: Message) -> bool:
    """Say whether pictures are finished: they have their buttons."""
    return "Again" in message.labels


def a_photo(colour: str = "teal") -> tuple[str, bytes]:
    """Return a picture as a member brings it."""
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return "holiday.jpg", file.getvalue()


async def drawn(evening: Evening, name: str = "Ada", prompt: str = "a red boat", **options: object) -> Message:
    """Have a picture drawn in the lounge."""
    answer: Message = await evening.person(name).slash(evening.lounge, "picture imagine", prompt=prompt, **options)
    return await answer.until(is_drawn)


async def test_a_picture_is_asked_for_drawn_and_marked_as_the_ais(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    engine.hold()
    answer = await ada.slash(evening.lounge, "picture imagine", prompt="a *red* boat", style="Ink", seed=7)
    assert answer.content == "**Ada** asks for: a \\*red\\* boat"
    assert answer.labels == ["Cancel"]
    engine.release()
    await answer.until(is_drawn)
    assert answer.content == "**Ada** asks for: a \\*red\\* boat"
    assert credit(answer) == "✦ AI · scripted pictures · Ink · seed 7"
    (file,) = answer.files
    assert (file.filename, file.description) == ("picture-1.png", "a *red* boat")
    assert answer.labels == ["Again", "Edit prompt…", "Vary", "Larger", "In the story", "Details", "Delete"]
    assert "a *red* boat" in engine.pictures[0].prompt
    assert engine.pictures[0].seeds == (7,)


async def test_an_evening_goes_on_by_buttons(evening: Evening, engine: ScriptedEngine) -> None:
    ben = evening.person("Ben")
    first = await drawn(evening, avoid="people", shape="wide")
    again = await (await ben.press(first, "Again")).until(is_drawn)
    assert again.content == "**Ben** asks once more for: a red boat"
    assert engine.pictures[1].prompt == engine.pictures[0].prompt
    assert engine.pictures[1].seeds != engine.pictures[0].seeds
    varied = await (await ben.press(again, "Vary")).until(is_drawn)
    assert engine.pictures[2].image is not None
    larger = await (await ben.press(varied, "Larger")).until(is_drawn)
    with Image.open(BytesIO(larger.files[0].content)) as picture:
        assert picture.size == (128, 80)
    assert "Larger" not in larger.labels

    form = await ben.press(larger, "Edit prompt…")
    assert form.values == {"prompt": "a red boat", "avoid": "people"}
    other = await (await ben.submit(form, prompt="a blue boat", avoid="")).until(is_drawn)
    assert "a blue boat" in other.content
    assert "a blue boat" in engine.pictures[-1].prompt


async def test_several_pictures_come_in_one_message_and_each_can_be_taken_up(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    answer = await drawn(evening, count=3, seed=5)
    assert [file.filename for file in answer.files] == ["picture-1.png", "picture-2.png", "picture-3.png"]
    assert "seeds 5–7" in credit(answer)
    assert answer.labels == ["Again", "Edit prompt…", "Details", "Delete"]
    hand = await ben.choose(answer, ["Picture 2"])
    assert hand.ephemeral
    assert [file.filename for file in hand.files] == ["picture-2.png"]
    assert "Vary" in hand.labels
    varied = await (await ben.press(hand, "Vary")).until(is_drawn)
    assert not varied.ephemeral
    assert engine.pictures[-1].image == answer.files[1].content

    again = await (await ada.press(answer, "Again")).until(is_drawn)
    assert len(again.files) == 3


async def test_details_are_told_to_the_one_who_asks_alone(evening: Evening) -> None:
    answer = await drawn(evening, avoid="people", seed=3, count=2)
    details = await evening.person("Ben").press(answer, "Details")
    assert details.ephemeral
    told = json.dumps(details.embeds, ensure_ascii=False)
    for fact in ("a red boat", "people", "3, 4", "scripted pictures", "4 steps", "guidance 2", "64 × 64 px"):
        assert fact in told


async def test_two_presses_of_again_draw_once_and_say_so(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    answer = await drawn(evening)
    engine.hold()
    first = await ada.press(answer, "Again")
    await ben.press(answer, "Again")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "being drawn anew already" in note.content
    engine.release()
    await first.until(is_drawn)
    assert len(engine.pictures) == 2


async def test_what_was_forgotten_to_be_drawn_is_cancelled_and_its_words_stay(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    engine.hold(after=1)
    answer = await ada.slash(evening.lounge, "picture imagine", prompt="a red boat")
    await answer.until(lambda message: "step 1 of 4" in json.dumps(message.embeds))
    line = await ada.slash(evening.lounge, "queue show")
    assert "drawing" in line.embeds[0]["description"]
    await ada.press(answer, "Cancel")
    await answer.until(lambda message: "Cancelled" in message.content)
    assert answer.content.startswith("**Ada** asks for: a red boat")
    assert answer.files == []


async def test_a_picture_behind_a_spoiler_is_sent_behind_one(evening: Evening) -> None:
    answer = await drawn(evening, spoiler=True)
    assert answer.files[0].filename == "SPOILER_picture-1.png"
    form = await evening.person("Ada").use_on(answer, "Edit this picture")
    changed = await (await evening.person("Ada").submit(form, instruction="at night")).until(is_drawn)
    assert changed.files[0].filename == "SPOILER_picture-2.png"


async def test_a_picture_is_changed_by_file_by_choice_and_by_being_the_last_one(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    first, _ = await drawn(evening), await drawn(evening, prompt="a green boat")
    brought = await ada.slash(lounge, "picture edit", instruction="at night", picture=a_photo())
    await brought.until(is_drawn)
    assert brought.content == "**Ada** asks for a change: at night"
    await (await ada.slash(lounge, "picture edit", instruction="at noon")).until(is_drawn)
    assert engine.pictures[-1].image == brought.files[0].content

    choices = await ada.autocomplete(lounge, "picture edit", focused="work", work="red")
    assert [(choice["name"], choice["value"]) for choice in choices] == [("#1 · a red boat", "#1")]
    chosen = await ada.slash(lounge, "picture edit", instruction="at dawn", work="#1", strength=0.3)
    await chosen.until(is_drawn)
    assert engine.pictures[-1].image == first.files[0].content
    assert engine.pictures[-1].strength == 0.3


async def test_a_picture_takes_another_style_by_name_and_from_a_second_picture(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    offered = await ada.autocomplete(lounge, "picture restyle", focused="style", style="water")
    assert [choice["value"] for choice in offered] == ["Watercolour"]
    named = await ada.slash(lounge, "picture restyle", style="Watercolour", picture=a_photo())
    await named.until(is_drawn)
    assert "Watercolour" in named.content
    assert engine.image_card is not None
    engine.image_card = replace(engine.image_card, edits="instruction")
    like = await ada.slash(lounge, "picture restyle", like=a_photo("red"))
    await like.until(is_drawn)
    assert "style of the second one" in engine.pictures[-1].prompt
    assert len(engine.pictures[-1].references) == 1


async def test_a_picture_is_put_into_words_for_each_purpose(evening: Evening, engine: ScriptedEngine) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    engine.enqueue(["A plain ", "teal rectangle."])
    words = await ada.slash(lounge, "picture describe", picture=a_photo())
    await words.until(lambda message: "in the words of" in credit(message))
    assert words.content == "**Ada** asks for the alt text of a picture\nA plain teal rectangle."
    engine.enqueue(["The sea was calm."])
    story = await ada.slash(lounge, "picture describe", picture=a_photo(), purpose="story")
    await story.until(lambda message: "The sea was calm." in message.content and "in the words of" in credit(message))
    assert "story" in engine.looks[-1].question


async def test_pictures_that_people_post_are_described_and_changed_from_their_message(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    posted = await ben.say(evening.lounge, "my holidays", files=[a_photo(), a_photo("red")])
    form = await ada.use_on(posted, "Describe picture")
    engine.enqueue(["A red rectangle."])
    words = await ada.submit(form, which="1", purpose="reading")
    await words.until(lambda message: "A red rectangle." in message.content)
    form = await ada.use_on(posted, "Edit this picture")
    changed = await (await ada.submit(form, which="0", instruction="at night")).until(is_drawn)
    assert changed.content == "**Ada** asks for a change: at night"

    without = await ben.say(evening.lounge, "no picture here")
    note = await ada.use_on(without, "Describe picture")
    assert note.ephemeral
    assert "picture" in note.content


async def test_ones_own_pictures_are_listed_looked_at_and_let_be_shown(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    assert "no picture here yet" in json.dumps((await ada.slash(evening.lounge, "picture mine")).embeds)
    await drawn(evening, "Ben", prompt="a barn")
    for number in range(4):
        await drawn(evening, prompt=f"boat {number}", count=4)
    mine = await ada.slash(evening.lounge, "picture mine")
    assert mine.ephemeral
    listed = mine.embeds[0]["description"]
    assert "**1** · #17 · boat 3" in listed
    assert "a barn" not in listed
    assert "Page 1 of 2" in credit(mine)
    assert mine.files[0].filename == "shelf.jpg"
    await ada.press(mine, "▸")
    await mine.until(lambda message: "Page 2 of 2" in credit(message))
    assert "boat 0" in mine.embeds[0]["description"]

    hand = await ada.choose(mine, ["1 · boat 0"])
    await ada.press(hand, "Let it be shown")
    await hand.until(lambda message: "Let it be shown no more" in message.labels)
    note = await ada.next_message(evening.lounge, lambda message: "exhibitions" in message.content)
    assert note.ephemeral
    await ada.press(mine, "◂")
    await mine.until(lambda message: "Page 1 of 2" in credit(message))
    await ada.press(mine, "▸")
    await mine.until(lambda message: "Page 2 of 2" in credit(message))
    assert mine.embeds[0]["description"].count("may be shown") == 1
    await ada.press(hand, "Let it be shown no more")
    await hand.until(lambda message: "Let it be shown" in message.labels)
    assert "Let it be shown" not in (await ben.choose(await drawn(evening, count=2), ["Picture 1"])).labels


async def test_every_button_works_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada = discord.channel("lounge"), discord.member("Ada")
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        evening = Evening(discord, salon, lounge)
        one, several = await drawn(evening), await drawn(evening, count=2)
        hand, mine = await ada.choose(several, ["Picture 1"]), await ada.slash(lounge, "picture mine")
        question = await ada.press(several, "Delete")
    engine = ScriptedEngine()
    async with salon_at(discord, tmp_path, engine):
        for message, label in ((one, "Again"), (one, "Vary"), (one, "Larger"), (hand, "Vary"), (several, "Again")):
            await (await ada.press(message, label)).until(is_drawn)
        form = await ada.press(one, "Edit prompt…")
        await (await ada.submit(form, prompt="a blue boat")).until(is_drawn)
        assert len(engine.pictures) == 6
        assert "a red boat" in json.dumps((await ada.press(one, "Details")).embeds)
        assert (await ada.choose(mine, ["1 · a red boat"])).ephemeral
        await ada.press(question, "Delete")
        await several.until(lambda message: not message.files)
