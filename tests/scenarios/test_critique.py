"""`/critique` through Discord: only the author sees it, it can be shared, and a dead token gives nothing away."""

from __future__ import annotations

import json
from pathlib import Path

from bot.critique.critique import Mode
from bot.critique.desk import RUBRIC
from bot.critique.service import RUBRIC_MAX
from bot.words import say
from cogs.critique.controls import MODES
from sandbox import Sandbox
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, salon_at
from tests.scripted import ScriptedEngine

DRAFT = "The lamp was lit, and nobody knew who had lit it.\n\nRain fell very, very slowly on the long road."
TRUE = {
    "quote": "nobody knew who had lit it",
    "kind": "exposition",
    "effect": "It tells and shows nothing.",
    "advice": "Who might have seen it?",
}
INVENTED = {"quote": "a dragon slept beneath", "kind": "cliche", "effect": "A worn image.", "advice": "Let it wake up."}
ANSWER = json.dumps({"strength": "A calm voice.", "notes": [TRUE, INVENTED], "issue": "Nothing is at stake."})


def is_critique(message: Message) -> bool:
    return say("critique.button_share") in message.labels


async def critique(evening: Evening, engine: ScriptedEngine, **options: object) -> Message:
    engine.enqueue([ANSWER])
    answer: Message = await evening.person("Ada").slash(evening.lounge, "critique draft", text=DRAFT, **options)
    return await answer.until(is_critique)


async def test_a_critique_is_seen_by_its_author_until_she_shares_it(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    private = await critique(evening, engine, intent="to be eerie", focus="the rain")
    assert private.ephemeral
    body = private.embeds[0]["description"]
    assert "> nobody knew who had lit it\n" in body
    assert "¶ 1" in body
    assert "dragon" not in body
    assert say("critique.dropped", count=1) in body
    assert "scripted" in private.embeds[0]["footer"]["text"]
    assert [message for message in evening.lounge.messages if not message.ephemeral] == []
    await ada.press(private, "Share in this channel")
    await private.until(lambda message: not is_critique(message))  # so that nobody shares it twice
    (shared,) = evening.lounge.messages
    assert shared.embeds[0]["description"] == body
    assert "**Ada**" in shared.content


async def test_nothing_of_a_critique_stays_in_view_when_its_author_deletes_it(
    evening: Evening, engine: ScriptedEngine
) -> None:
    private = await critique(evening, engine)
    await evening.person("Ada").press(private, "Delete")
    gone = await private.until(lambda message: not message.labels)
    assert (gone.content, gone.embeds) == (say("critique.deleted"), [])


async def test_the_form_asks_for_the_draft_and_for_how_to_read_it(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "critique draft")
    engine.enqueue(
        [json.dumps({"strength": "A calm voice.", "notes": [{**TRUE, "kind": "plot"}], "issue": "What is at stake?"})]
    )
    answer = await ada.submit(form, draft=DRAFT, mode="questions", intent="", focus="")
    assert "> nobody knew" in (await answer.until(is_critique)).embeds[0]["description"]


async def test_a_piece_is_read_in_another_mode_and_shown_again(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    engine.enqueue([DRAFT])
    piece = await (await ada.slash(evening.lounge, "write story", about="a lamp")).until(lambda m: "Again" in m.labels)
    form = await ada.press(piece, "Critique…")
    engine.enqueue([ANSWER])
    read = await (await ada.submit(form, mode="craft", intent="", focus="")).until(is_critique)
    engine.enqueue([DRAFT.replace("very, very slowly", "slowly")])
    edited = await (await ada.choose(read, [str(MODES.index(Mode.LINE))])).until(is_critique)
    assert "-Rain fell very, very slowly" in edited.embeds[0]["description"].replace("- Rain", "-Rain")
    shelf = await ada.slash(evening.lounge, "critique mine")
    assert "Line edit" in shelf.embeds[0]["description"]


async def test_after_a_restart_with_a_dead_token_only_the_author_is_shown_it(discord: Sandbox, tmp_path: Path) -> None:
    ada, ben, lounge, engine = discord.member("Ada"), discord.member("Ben"), discord.channel("lounge"), ScriptedEngine()
    engine.hold()
    async with salon_at(discord, tmp_path, engine):
        waiting = await ada.slash(lounge, "critique draft", text=DRAFT)
        await engine.came(1)
    discord.faults.expire_token(waiting)
    later = ScriptedEngine()
    later.enqueue([ANSWER])
    async with salon_at(discord, tmp_path, later):
        call = await lounge.next_message(lambda message: "Show me" in message.labels)
        assert "lamp" not in call.content + str(call.embeds)
        assert (await ben.press(call, "Show me")).content == say("delivery.not_for_you")
        assert "> nobody knew" in (await ada.press(call, "Show me")).embeds[0]["description"]


async def test_files_that_are_no_drafts_and_channels_of_people_get_one_sentence(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    for name, content, key in (
        ("draft.png", b"\x89PNG\r\n\x1a\n", "documents.picture"),
        ("draft.docx", b"PK\x03\x04 and no more", "documents.broken"),
        ("draft.txt", b"Word.", "critique.short_draft"),
    ):
        refusal = await ada.slash(evening.lounge, "critique draft", file=(name, content))
        assert refusal.ephemeral
        assert refusal.content == say(key, **({"least": 5} if key.endswith("short_draft") else {}))
    await ada.slash(evening.lounge, "settings channel", ai="human-only")
    refusal = await ada.slash(evening.lounge, "critique draft", text=DRAFT)
    assert refusal.content.startswith(say("channels.human_only"))
    assert DRAFT in refusal.content  # nothing that was typed is lost
    assert engine.texts == []


async def test_who_has_salon_forget_her_while_she_waits_is_told_no_failure(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    engine.hold()
    waiting = await ada.slash(evening.lounge, "critique draft", text=DRAFT)
    await engine.came(1)
    await ada.press(await ada.slash(evening.lounge, "privacy forget"), "Forget me")
    assert (await waiting.until(lambda message: "Cancel" not in message.labels)).content == say("delivery.cancelled")


async def test_an_admin_changes_what_the_server_wishes_up_to_the_last_character(evening: Evening) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "critique rubric edit")
    assert form.values == {"rubric": RUBRIC}
    rubric = "*" + "b" * (RUBRIC_MAX - 1)
    changed = await ada.submit(form, rubric=rubric)
    assert changed.content == say("critique.rubric_changed")
    assert changed.embeds[0]["description"] == f"\\{rubric}"
    shown = await evening.person("Ben").slash(evening.lounge, "critique rubric show")
    assert shown.embeds == changed.embeds


async def test_of_salons_messages_only_what_is_ones_own_or_the_ais_is_read(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await ada.slash(evening.lounge, "story start", title="The Lamp", opening=DRAFT)
    own = await evening.lounge.next_message(lambda message: message.content == DRAFT)
    refused = await ben.use_on(own, "Critique this")
    assert refused.content == say("critique.not_your_words", author="Ada")
    engine.enqueue(["And so it burned."])
    by_ai = await (await ada.press(own, "Continue")).until(lambda message: "Retry" in message.labels)
    form = await ben.use_on(by_ai, "Critique this")
    assert form.title == say("critique.form_title")
    list_of_stories = await ben.slash(evening.lounge, "story list")
    assert (await ben.use_on(list_of_stories, "Critique this")).content == say("critique.nothing_of_salons")
