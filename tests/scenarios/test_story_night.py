"""Whole evenings, played as people would: commands typed, buttons pressed, everyone reading along."""

from __future__ import annotations

from tests.scenarios.conftest import Evening, credit, is_finished
from tests.scripted import ScriptedEngine


async def test_a_story_is_begun_continued_and_finished(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    card = await evening.story(ada, opening="The lamp had not been lit for years.")
    assert card.embeds[0]["title"] == "The Lighthouse"
    opening = await evening.lounge.next_message(lambda m: "lamp" in m.content)
    assert opening.content == "The lamp had not been lit for years."
    assert "Ada" in credit(opening)

    engine.enqueue(["Tonight it burned", " again."])
    passage = await evening.ai_passage(ben)
    assert passage.content == "Tonight it burned again."
    assert "AI" in credit(passage)
    assert passage.labels == ["Continue", "Retry", "Steer…", "Undo", "Write…", "X"]

    own = await ben.slash(evening.lounge, "story add", text="Nobody on the quay dared to look.")
    assert own.content == "Nobody on the quay dared to look."
    ended = await ada.slash(evening.lounge, "story finish")
    assert "The End" in ended.content


async def test_own_words_stand_above_the_answer_of_the_ai(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    engine.enqueue(["The sea said nothing."])
    own = await ada.slash(evening.lounge, "story continue", text="She asked the sea.", steer="be quiet")
    ai = await evening.lounge.next_message(is_finished)
    assert own.content == "She asked the sea."
    await own.until(lambda message: credit(message) == "✒ Ada")
    assert ai.content == "The sea said nothing."
    assert "be quiet" in credit(ai)
    assert own.id < ai.id


async def test_the_buttons_of_a_passage_steer_the_story(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It began to rain.")
    engine.enqueue(["First try."])
    first = await evening.ai_passage(ada)
    engine.enqueue(["Second try."])
    second = await (await ada.press(first, "Retry")).until(is_finished)
    assert second.labels == ["Continue", "Retry", "Steer…", "Undo", "Write…", "◂", "2/2", "▸", "X"]

    await ada.press(second, "◂")
    await second.until(lambda message: message.content == "First try." and "1/2" in message.labels)

    form = await ada.press(second, "Steer…")
    engine.enqueue(["A storm came."])
    steered = await (await ada.submit(form, steer="a storm")).until(is_finished)
    assert steered.content == "A storm came."
    assert "a storm" in credit(steered)
    assert "Second try." not in engine.texts[-1].parts[-1].text

    await ben.slash(evening.lounge, "story add", text="Ben's umbrella broke.")
    refused = await ada.press(steered, "Undo")
    assert refused == steered
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "gone on" in note.content


async def test_what_is_taken_back_is_struck_and_comes_back(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    passage = await evening.ai_passage(ada)
    words = passage.content
    await ada.press(passage, "Undo")
    await passage.until(lambda message: message.labels == ["Redo"])
    assert passage.content == f"~~{words}~~"
    assert "Taken back by Ada" in credit(passage)
    await ada.press(passage, "Redo")
    await passage.until(is_finished)
    assert passage.content == words


async def test_every_message_of_a_long_passage_says_who_wrote_it_and_that_it_was_taken_back(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    engine.enqueue(["And on it went. " * 200])
    own = await ada.slash(evening.lounge, "story continue", text="It began to rain.")
    last = await evening.lounge.next_message(is_finished)
    first = next(message for message in evening.lounge.messages if message.content.startswith("And on"))
    assert credit(first) == "✦ AI · goes on below"
    await ada.press(last, "Undo")
    await first.until(lambda message: "taken back" in credit(message))
    assert "whole passage was taken back by Ada" in credit(last)
    assert credit(own) == "✒ Ada"
    await ada.press(last, "Redo")
    await first.until(lambda message: credit(message) == "✦ AI · goes on below")
    assert is_finished(last)


async def test_a_story_may_have_a_thread_of_its_own(evening: Evening) -> None:
    ada = evening.person("Ada")
    said = await evening.story(ada, opening="Down in the cellar.", where="thread")
    (thread,) = evening.lounge.threads
    assert thread.name == "The Lighthouse"
    assert f"<#{thread.id}>" in said.content
    await thread.next_message(lambda message: message.content == "Down in the cellar.")
    added = await evening.person("Ben").slash(thread, "story add", text="A door creaked.")
    assert added.content == "A door creaked."


async def test_passages_come_by_form_and_by_file(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    form = await ada.slash(evening.lounge, "story add")
    added = await ada.submit(form, text="Written in a form,\n\nin two paragraphs.")
    assert added.content == "Written in a form,\n\nin two paragraphs."
    filed = await ada.slash(evening.lounge, "story add", file=("chapter.txt", "Aus einer Datei: größer.".encode()))
    assert filed.content == "Aus einer Datei: größer."
    chapters = "\n\n".join(f"Chapter {number}. " + "So it went on. " * 200 for number in range(3))
    many = await ada.slash(evening.lounge, "story add", file=("book.txt", chapters.encode()))
    assert many.content.startswith("Chapter 0.")
    last = await evening.lounge.next_message(lambda message: "from a file" in credit(message))
    assert "3 passages" in credit(last)


async def test_a_member_rewords_her_own_passage(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It began to rian.")
    await ben.slash(evening.lounge, "story add", text="Ben looked up.")
    form = await ada.slash(evening.lounge, "story edit")
    assert form.values == {"text": "It began to rian."}
    edited = await ada.submit(form, text="It began to rain.")
    assert edited.content == "It began to rain."
    assert "reworded by Ada" in credit(edited)

    choices = await ada.autocomplete(evening.lounge, "story edit", focused="passage", passage="ben")
    assert [choice["name"] for choice in choices] == ["Ben: Ben looked up."]
    form = await ada.slash(evening.lounge, "story edit", passage=choices[0]["value"])
    assert form.values == {"text": "Ben looked up."}


async def test_the_tree_is_drawn_and_one_can_go_to_another_branch(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    engine.enqueue(["It stopped."])
    first = await evening.ai_passage(ada)
    engine.enqueue(["It poured."])
    await (await ada.press(first, "Retry")).until(is_finished)
    tree = await ada.slash(evening.lounge, "story branches")
    assert tree.ephemeral
    assert tree.files[0].content.startswith(b"\x89PNG")
    assert tree.files[0].description == (
        "A drawing of the story's 2 branches, numbered from top to bottom; the story stands at the end of branch 2."
    )
    await ada.choose(tree, ["1 · AI: It stopped."])
    shown = await evening.lounge.next_message(is_finished)
    assert shown.content == "It stopped."
    info = await ada.slash(evening.lounge, "story info")
    assert "2 branches" in info.embeds[0]["description"]


async def test_a_long_story_is_read_page_by_page(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada)
    for number in range(3):
        await ada.slash(evening.lounge, "story add", text=f"Part {number}. " + "And on it went. " * 100)
    page = await ben.slash(evening.lounge, "story read")
    assert page.ephemeral
    assert page.labels == ["⏮", "◂", "▸", "⏭"]
    assert "Part 0." in page.embeds[0]["description"]
    await ben.press(page, "⏭")
    await page.until(lambda message: "Part 2." in message.embeds[0]["description"])
    assert page.embeds[0]["footer"]["text"] == "Page 3 of 3"
    await ben.press(page, "◂")
    await page.until(lambda message: "Part 1." in message.embeds[0]["description"])


async def test_a_recap_tells_what_one_missed(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="Before.")
    await ben.slash(evening.lounge, "story add", text="Ben was here.")
    await ada.slash(evening.lounge, "story add", text="Then Ada came.")
    recap = await ben.slash(evening.lounge, "story recap")
    assert recap.ephemeral
    assert "Then Ada came." in recap.embeds[0]["description"]
    assert "Before." not in recap.embeds[0]["description"]
    nothing = await ada.slash(evening.lounge, "story recap")
    assert "Nothing was written" in nothing.content


async def test_memory_and_note_are_told_to_the_ai_and_shown_as_context(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    memory = await ada.slash(evening.lounge, "story memory")
    assert memory.values == {"text": ""}
    await ada.submit(memory, text="The keeper is called Mór.")
    note = await ada.slash(evening.lounge, "story note")
    await ada.submit(note, text="Keep it calm.")
    again = await ada.slash(evening.lounge, "story memory")
    assert again.values == {"text": "The keeper is called Mór."}
    context = await ada.slash(evening.lounge, "story context")
    assert context.ephemeral
    assert "of 2048 tokens" in context.embeds[0]["title"]
    await evening.ai_passage(ada)
    read = "\n".join(part.text for part in engine.texts[-1].parts)
    for words in ("The keeper is called Mór.", "Keep it calm.", "It began to rain."):
        assert words in read
        assert words in context.files[0].content.decode()


async def test_a_finished_story_is_kept_as_a_file_and_can_be_opened_again(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It began to rain.")
    await evening.ai_passage(ben)
    for format, ending in (("markdown", ".md"), ("text", ".txt"), ("html", ".html")):
        answer = await ben.slash(evening.lounge, "story export", format=format)
        assert answer.ephemeral
        assert answer.files[0].filename.endswith(ending)
        assert b"It began to rain." in answer.files[0].content
    await ada.slash(evening.lounge, "story finish")
    await ben.begin(evening.lounge, "story add", text="But wait!")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral and "finished" in message.content)
    assert "But wait!" in note.content
    await ada.slash(evening.lounge, "story reopen")
    added = await ben.slash(evening.lounge, "story add", text="But wait!")
    assert added.content == "But wait!"


async def test_a_channel_can_have_several_stories(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, "First")
    second = await evening.story(ada, "1984")
    assert "`/story switch` goes back to **First**" in second.embeds[0]["description"]
    choices = await ada.autocomplete(evening.lounge, "story switch", focused="story", story="fir")
    assert [choice["name"] for choice in choices] == ["First"]
    switched = await ada.slash(evening.lounge, "story switch", story=choices[0]["value"])
    assert "First" in switched.content
    await ada.slash(evening.lounge, "story add", text="In the second one.", story="1984")
    read = await ada.slash(evening.lounge, "story read")
    assert "second" not in read.embeds[0]["description"]
    everything = await ada.slash(evening.lounge, "story list")
    assert "First" in everything.embeds[0]["description"]
    assert "1984" in everything.embeds[0]["description"]
    (current,) = (line for line in everything.embeds[0]["description"].splitlines() if "current here" in line)
    assert "First" in current
