"""A long story through Discord: chapters, what they tell in short, and who comes back to it."""

from __future__ import annotations

from tests.bot.chapters.evening import LONG
from tests.scenarios.conftest import Evening
from tests.scripted import ScriptedEngine

SAID = "Mara climbs the stairs and finds that the lamp has gone out."


async def grown(evening: Evening, engine: ScriptedEngine, says: str = SAID) -> None:
    """Let Ada and the AI begin a story and Ben write on, until its first scene is summed up."""
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It was dark.")
    await evening.ai_passage(ada)
    engine.enqueue([says])
    for number in range(3):
        await ben.slash(evening.lounge, "story add", text=f"Passage {number}. {LONG}")
    await summed_up(evening)


async def summed_up(evening: Evening) -> None:
    """Wait until nothing is left to be done in the background."""
    queue = evening.salon.services.queue
    for job in await queue.in_background():
        async for _ in queue.watch(job.id):
            pass


async def test_chapters_are_shown_with_what_they_tell(evening: Evening, engine: ScriptedEngine) -> None:
    await grown(evening, engine)
    ada = evening.person("Ada")
    begun = await ada.slash(evening.lounge, "story chapter", title="The Storm")
    assert begun.content.startswith("## The Storm\n")
    shown = await ada.slash(evening.lounge, "story chapter")
    assert shown.ephemeral
    told = shown.embeds[0]["description"]
    assert SAID in told
    assert "-# Passages 1 to 4 · ✦ summed up by an AI (scripted)" in told
    assert told.endswith("**The Storm**\n-# Begins with the next passage.")
    assert "Begin a chapter…" in shown.labels


async def test_a_summary_is_put_right_and_its_earlier_version_holds_again(
    evening: Evening, engine: ScriptedEngine
) -> None:
    await grown(evening, engine)
    ada = evening.person("Ada")
    shown = await ada.slash(evening.lounge, "story chapter")
    opened = await ada.choose(shown, ["Passages 1 to 4"])
    assert SAID in opened.embeds[0]["description"]
    form = await ada.press(opened, "Edit…")
    edited = await ada.submit(form, text="Mira, not Mara, climbs the stairs.")
    assert "Mira, not Mara" in edited.embeds[0]["description"]
    oldest = edited.components[0]["components"][0]["options"][-1]
    assert oldest["label"].startswith("Version 1, ")
    earlier = await ada.choose(edited, [oldest["value"]])
    await earlier.until(lambda message: "Let this one hold again" in message.labels)
    restored = await ada.press(earlier, "Let this one hold again")
    await restored.until(lambda message: "Edit…" in message.labels)
    shown = await ada.slash(evening.lounge, "story chapter")
    assert SAID in shown.embeds[0]["description"]


async def test_who_comes_back_is_told_in_short_what_is_long_ago(evening: Evening, engine: ScriptedEngine) -> None:
    await grown(evening, engine)
    recap = await evening.person("Dmitri").slash(evening.lounge, "story recap")
    short, page = recap.embeds
    assert SAID in short["description"]
    assert page["title"].endswith("the last passage")
    assert page["description"].startswith("**✒ Ben**\nPassage 2.")
    since = await evening.person("Ada").slash(evening.lounge, "story recap")
    assert since.content == "4 passages since your last turn"


async def test_the_line_tells_of_what_is_summed_up_in_the_background(evening: Evening, engine: ScriptedEngine) -> None:
    await grown(evening, engine)
    ada = evening.person("Ada")
    line = await ada.slash(evening.lounge, "queue show")
    assert "footer" not in line.embeds[0]
    engine.hold()
    for number in range(2):
        await ada.slash(evening.lounge, "story add", text=f"Passage {number}. {LONG}")
    line = await ada.slash(evening.lounge, "queue show")
    assert "Nobody waits" in line.embeds[0]["description"]
    assert line.embeds[0]["footer"]["text"] == "In the background, while nobody waits: summing up stories"
    engine.release()
    await summed_up(evening)


async def test_a_chapters_title_stands_where_it_is_read_and_exported(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It was dark.")
    await ada.slash(evening.lounge, "story chapter", title="The Storm")
    await ada.slash(evening.lounge, "story add", text="Then the wind came.")
    read = await ada.slash(evening.lounge, "story read")
    assert "## The Storm\n**✒ Ada**\nThen the wind came." in read.embeds[0]["description"]
    file = await ada.slash(evening.lounge, "story export")
    assert b"## The Storm\n\nThen the wind came." in file.files[0].content


async def test_a_chapter_of_somebody_elses_story_is_refused_in_a_sentence(evening: Evening) -> None:
    await evening.story(evening.person("Ada"), opening="It was dark.")
    ben = evening.person("Ben")
    await ben.slash(evening.lounge, "story chapter", title="Mine")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "write" in note.content
    shown = await ben.slash(evening.lounge, "story chapter")
    assert "Mine" not in shown.embeds[0]["description"]
