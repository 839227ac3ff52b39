"""`/write` through Discord: pieces that keep their form and such that do not, their buttons, a text polished."""

from __future__ import annotations

import json
from pathlib import Path

from sandbox import Sandbox
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit, is_finished, salon_at
from tests.scripted import ScriptedEngine

HAIKU = "Snow on the mailbox.\nThe letter I never sent\nis warm in my coat."
NO_HAIKU = "Snow.\nThe letter I never sent\nis warm in my coat."
NEITHER = "Snow.\nA letter.\nMy coat."


def is_piece(message: Message) -> bool:
    return "Again" in message.labels


async def written(evening: Evening, engine: ScriptedEngine, *says: str, **options: object) -> Message:
    """Let Ada ask for a haiku about snow, to which the model says this."""
    for text in says:
        engine.enqueue([text])
    asked = {"form": "haiku", "about": "snow", **options}
    answer: Message = await evening.person("Ada").slash(evening.lounge, "write poem", **asked)
    return await answer.until(is_piece)


async def test_a_haiku_that_keeps_its_form_is_told_to(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, HAIKU)
    assert piece.content == (
        f"**Ada** asks for a piece: haiku, about snow\n{HAIKU}\n\n-# ✓ 3 lines; syllables: 5 · 7 · 5 a line"
    )
    assert credit(piece) == "✦ Written by an AI (scripted) · haiku"
    assert piece.labels == ["Again", "Into the story", "Draw it…", "Details", "Critique…"]
    assert len(engine.texts) == 1


async def test_a_try_that_misses_is_told_why_and_made_again(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, NO_HAIKU, HAIKU)
    assert HAIKU in piece.content
    first, second = engine.texts
    assert second.parts[: len(first.parts)] == first.parts
    assert [part.text for part in second.parts[len(first.parts) :]] == [
        NO_HAIKU,
        "[That does not keep the form yet: line 1 has one syllable, not 5. Write it anew, the whole piece.]",
    ]
    assert first.sampling.seed != second.sampling.seed


async def test_after_three_tries_the_best_comes_with_what_does_not_hold(
    evening: Evening, engine: ScriptedEngine
) -> None:
    piece = await written(evening, engine, NEITHER, NO_HAIKU, NEITHER)
    assert NO_HAIKU in piece.content
    assert "-# ✗ line 1 has one syllable, not 5" in piece.content
    assert "-# The best of 3 tries: number 2." in piece.content
    assert len(engine.texts) == 3


async def test_a_try_says_which_it_is_while_it_runs(evening: Evening, engine: ScriptedEngine) -> None:
    engine.enqueue([NEITHER])
    engine.hold()
    ada = evening.person("Ada")
    answer = await ada.slash(evening.lounge, "write poem", form="haiku", about="snow")
    engine.enqueue([HAIKU])
    engine.release(1)
    await answer.until(lambda message: "-# try 2 of 3" in message.content)
    engine.release()
    piece = await answer.until(is_piece)
    assert "try 2 of 3" not in piece.content


async def test_the_last_try_is_held_to_the_form_and_says_so(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, NEITHER, NEITHER, HAIKU.lower())
    assert [request.grammar is not None for request in engine.texts] == [False, False, True]
    assert engine.texts[2].parts == engine.texts[0].parts
    assert "Snow on the mailbox.\nThe letter I never sent\nIs warm in my coat." in piece.content
    assert "-# The first 2 tries missed the form, so this one was held to it word by word." in piece.content


async def test_what_a_piece_is_made_of_is_told_to_who_asks(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, HAIKU, style="Noir", seed=7)
    assert engine.texts[0].sampling.seed == 7
    assert credit(piece) == "✦ Written by an AI (scripted) · haiku · Noir"
    assert "short sentences, rain and shadows" in engine.texts[0].parts[0].text
    told = await evening.person("Ben").press(piece, "Details")
    assert told.ephemeral
    assert all(
        word in json.dumps(told.embeds) for word in ("snow", "haiku", "Noir", '"7"', "scripted", "number 1 of 1")
    )


async def test_another_member_has_it_written_again(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, HAIKU, seed=7)
    engine.enqueue([HAIKU])
    again = await (await evening.person("Ben").press(piece, "Again")).until(is_piece)
    assert again.content.startswith("**Ben** asks for a piece: haiku, about snow")
    assert engine.texts[1].sampling.seed != 7


async def test_a_piece_goes_into_the_story_once_as_the_ais(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to snow.")
    piece = await written(evening, engine, HAIKU)
    for _ in range(2):
        passage = await ada.press(piece, "Into the story")
        assert passage.content == HAIKU
        assert is_finished(passage)
        assert "Written by an AI (scripted)" in credit(passage)
    read = await ada.slash(evening.lounge, "story read")
    assert read.embeds[0]["description"].count(HAIKU) == 1


async def test_without_a_story_the_piece_stays_where_it_is(evening: Evening, engine: ScriptedEngine) -> None:
    piece = await written(evening, engine, HAIKU)
    await evening.person("Ben").press(piece, "Into the story")
    note = await evening.person("Ben").next_message(evening.lounge, lambda message: message.ephemeral)
    assert "/story start" in note.content


async def test_a_piece_is_drawn_from_words_that_can_be_changed(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    piece = await written(evening, engine, HAIKU)
    form = await ada.press(piece, "Draw it…")
    assert form.values == {"prompt": HAIKU.replace("\n", " ")}
    await ada.submit(form, prompt="a mailbox in the snow")
    await engine.came(2)
    assert "a mailbox in the snow" in engine.pictures[0].prompt


async def test_where_nothing_draws_there_is_no_button_for_it(evening: Evening, engine: ScriptedEngine) -> None:
    engine.image_card = None
    piece = await written(evening, engine, HAIKU)
    assert piece.labels == ["Again", "Into the story", "Details", "Critique…"]


async def test_the_buttons_work_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada, engine = discord.channel("lounge"), discord.member("Ada"), ScriptedEngine()
    async with salon_at(discord, tmp_path, engine) as salon:
        evening = Evening(discord, salon, lounge)
        await evening.story(ada)
        piece = await written(evening, engine, HAIKU)
    later = ScriptedEngine()
    later.enqueue([HAIKU])
    async with salon_at(discord, tmp_path, later):
        assert (await ada.press(piece, "Into the story")).content == HAIKU
        assert HAIKU in (await (await ada.press(piece, "Again")).until(is_piece)).content


async def test_a_restart_between_two_tries_forgets_neither(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada, engine = discord.channel("lounge"), discord.member("Ada"), ScriptedEngine(seats=1)
    engine.enqueue([NO_HAIKU])
    engine.enqueue([NEITHER])
    async with salon_at(discord, tmp_path, engine):
        engine.hold()
        answer = await ada.slash(lounge, "write poem", form="haiku", about="snow")
        await engine.came(1)
        engine.release(1)
        await engine.came(2)
    later = ScriptedEngine()
    later.enqueue([HAIKU])
    async with salon_at(discord, tmp_path, later):
        piece = await answer.until(is_piece)
    assert HAIKU in piece.content
    assert NO_HAIKU in [part.text for part in later.texts[0].parts]


async def test_the_latest_passage_is_turned_into_a_poem(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="She never sent the letter. It snowed.")
    engine.enqueue([HAIKU])
    answer = await ben.slash(evening.lounge, "write adapt", form="haiku")
    piece = await answer.until(is_piece)
    assert piece.content.startswith("**Ben** has a text turned into another form: haiku\nSnow")
    assert "She never sent the letter." in engine.texts[0].parts[-1].text
    row = await evening.salon.database.fetch_one("SELECT asked, result FROM jobs")
    assert row is not None
    assert "She never sent" not in row["asked"] + row["result"]


async def test_a_polished_passage_is_shown_as_a_diff_and_taken_over(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It were snowing. She waited at the window.")
    engine.enqueue(["It was snowing. She waited at the window."])
    answer = await ada.slash(evening.lounge, "write polish")
    offered = await answer.until(lambda message: "As one text" in message.labels)
    assert offered.content == ("**Ada** has a text polished\n```diff\n- It were snowing.\n+ It was snowing.\n```")
    assert "nothing is changed yet" in credit(offered)
    whole = await ada.press(offered, "As one text")
    assert whole.ephemeral
    assert whole.files[0].content == b"It was snowing. She waited at the window."
    taken = await ada.press(offered, "Take it over")
    assert taken.content == "It was snowing. She waited at the window."
    await ada.press(offered, "Take it over")
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral and "reworded" in message.content)
    assert "no longer fit" in note.content


async def test_what_would_be_rewriting_is_not_offered(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    engine.enqueue(["Once upon a time there lived a king who had seven daughters and no crown at all."])
    await ada.begin(evening.lounge, "write polish", text="The rain fell on the harbour all that night.")
    answer = await evening.lounge.next_message(lambda message: "Nothing small" in message.content)
    assert "-# One larger change is left out" in answer.content
    assert answer.labels == []


async def test_a_piece_can_be_cancelled_between_its_tries(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    engine.enqueue([NO_HAIKU])
    engine.hold()
    answer = await ada.slash(evening.lounge, "write poem", form="haiku", about="snow")
    await engine.came(1)
    engine.release(1)
    await engine.came(2)
    await answer.until(lambda message: "Cancel" in message.labels)
    await ada.press(answer, "Cancel")
    await answer.until(lambda message: "Cancelled" in message.content)
