"""`/inspire` through Discord: from a text to a story and a picture, in one message whose buttons outlive a restart."""

from __future__ import annotations

from pathlib import Path

from sandbox import Sandbox
from sandbox.handles import Message
from tests.bot.inspiration.answers import BIRD, ELEMENTS, MOSS, OIL, TEXT, as_json
from tests.scenarios.conftest import Evening, credit, salon_at
from tests.scripted import ScriptedEngine

BUTTONS = [
    *("Start a story 1", "Start a story 2", "Start a story 3"),
    *("Draw 1…", "Draw 2…", "Draw 3…"),
    "Another three",
]


def is_inspired(message: Message) -> bool:
    return "Another three" in message.labels


async def inspired(evening: Evening, engine: ScriptedEngine, **options: object) -> Message:
    """Let Ada look for inspiration, and the model answer well."""
    for said in (ELEMENTS, MOSS, OIL, BIRD):
        engine.enqueue([as_json(said)])
    answer: Message = await evening.person("Ada").slash(evening.lounge, "inspire", **options)
    return await answer.until(is_inspired)


async def test_a_text_becomes_elements_and_three_directions_in_one_message(
    evening: Evening, engine: ScriptedEngine
) -> None:
    told = await inspired(evening, engine, text=TEXT, mood="dread")
    assert told.labels == BUTTONS
    lines = told.content.splitlines()
    assert lines[:7] == [
        "**Ada** looks for inspiration in a text · 🌘 Dread",
        "> A woman brings the last light to a dark lamp.",
        "🖼️ **Images** “the last match in her fist” · “The lamp was dark”",
        "🔁 **Motifs** light · stairs",
        "⚖️ **Tension** She hurries, and the sea does not care. “the sea said nothing”",
        "💡 **What makes it work** Everything hangs on one match.",
        "-# 2 quotes are left out, as they do not stand there.",
    ]
    heads = [line for line in lines if line.startswith("### ")]
    assert [head[4] for head in heads] == ["1", "2", "3"]
    assert [head.rpartition(": ")[2] for head in heads] == [MOSS["title"], OIL["title"], BIRD["title"]]
    assert lines[8:11] == [
        MOSS["direction"],
        f"🔒 **Constraint** {MOSS['constraint']}",
        f"❓ **Question** {MOSS['question']}",
    ]
    assert credit(told) == "✦ Suggested by an AI (scripted), to take, bend or leave"


async def test_a_direction_becomes_a_story_once_and_a_picture(evening: Evening, engine: ScriptedEngine) -> None:
    told, ben = await inspired(evening, engine), evening.person("Ben")
    begun = await ben.press(told, "Start a story 2")
    (card,) = begun.embeds
    assert card["title"] == OIL["title"]
    assert OIL["constraint"] in card["fields"][0]["value"]
    assert begun.labels == ["Write…", "Continue"]
    await ben.press(told, "Start a story 2")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral)
    assert note.content == f"A story was begun from this already: *{OIL['title']}*. `/story list` shows where."
    form = await ben.press(told, "Draw 1…")
    assert form.values == {"prompt": MOSS["image"]}
    await ben.submit(form, prompt="moss on a tower")
    await engine.came(5)
    assert "moss on a tower" in engine.pictures[0].prompt


async def test_another_three_come_through_other_lenses_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ben, engine = discord.channel("lounge"), discord.member("Ben"), ScriptedEngine()
    async with salon_at(discord, tmp_path, engine) as salon:
        told = await inspired(Evening(discord, salon, lounge), engine, text=TEXT)
    later = ScriptedEngine()
    others = [MOSS | {"title": title, "direction": line} for title, line in OTHERS]
    for answer in others:
        later.enqueue([as_json(answer)])
    async with salon_at(discord, tmp_path, later) as salon:
        again = await (await ben.press(told, "Another three")).until(is_inspired)
        rows = await salon.database.fetch_all("SELECT asked FROM jobs ORDER BY id")
    assert again.content.startswith("**Ben** asks for another three directions from the same source\n### 1")
    assert not set(lenses_in(told)) & set(lenses_in(again))
    assert TEXT in rows[0]["asked"]
    assert TEXT not in rows[1]["asked"]
    assert TEXT in " ".join(part.text for part in later.texts[0].parts)


async def test_a_posted_picture_is_looked_at_first(evening: Evening, engine: ScriptedEngine) -> None:
    engine.enqueue(["A white tower above the sea, at dawn."])
    for answer in (ELEMENTS, MOSS, OIL, BIRD):
        engine.enqueue([as_json(answer)])
    drawn = await evening.person("Ada").slash(evening.lounge, "picture imagine", prompt="a tower")
    posted = await drawn.until(lambda message: bool(message.files))
    answer = await evening.person("Ben").use_on(posted, "Inspire me")
    told = await answer.until(is_inspired)
    assert "-# What the AI saw: A white tower above the sea, at dawn." in told.content
    assert len(engine.looks) == 1


async def test_where_people_are_among_themselves_nothing_is_suggested_and_the_text_is_given_back(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await ada.slash(evening.lounge, "settings channel", ai="human-only")
    await ada.begin(evening.lounge, "inspire", text=TEXT)
    await ada.next_message(evening.lounge, lambda message: message.ephemeral and TEXT in message.content)
    assert engine.history == []


OTHERS = [
    ("Ninety Seconds", "Everything happens while a lift is stuck between floors."),
    ("Recipe for Rain", "Write a cookbook whose author is slowly drowning."),
    ("The Quiet Atlas", "Somebody maps all valleys in which nobody talks."),
]


def lenses_in(message: Message) -> list[str]:
    heads = [line for line in message.content.splitlines() if line.startswith("### ")]
    return [head.partition(" · ")[2].partition(": ")[0] for head in heads]
