"""`/lore` and `/story check` through Discord: cards kept, recalled, proposed; a story that contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sandbox import Sandbox
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit, salon_at
from tests.scripted import ScriptedEngine

LAMP = "Nobody has lit the lamp since the keeper drowned."
ALIVE = "The keeper opened the door himself."


def proposals(*cards: tuple[str, str]) -> str:
    told = [{"quote": quote, "title": title, "keys": [title], "text": f"{title} matters."} for quote, title in cards]
    return json.dumps({"cards": told})


async def proposed(evening: Evening, engine: ScriptedEngine, *cards: tuple[str, str]) -> Message:
    engine.enqueue([proposals(*cards)])
    answer: Message = await evening.person("Ada").slash(evening.lounge, "lore propose")
    return await answer.until(lambda message: "Proposed by" in credit(message))


async def listed(evening: Evening, name: str = "Ben") -> str:
    answer = await evening.person(name).slash(evening.lounge, "lore list")
    assert answer.ephemeral
    return str(answer.embeds[0]["description"])


async def test_a_card_reaches_the_ai_when_its_key_is_named_and_the_list_says_why(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="The lamp was dark.")
    card = {"title": "The lamp", "keys": "lamp, light", "text": "It burned once.", "known_by": "Mara"}
    told = await ada.slash(evening.lounge, "lore add", **card)
    assert told.content.startswith("Ada put **The lamp** into the lore.")
    assert "✓ told to the AI now: “lamp” is named in passage 1" in await listed(evening)
    await evening.ai_passage(ada)
    assert "The lamp. Only Mara knows: It burned once." in "\n".join(part.text for part in engine.texts[0].parts)


async def test_a_card_is_written_in_a_form_and_one_that_is_too_long_comes_back(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    form = await ada.slash(evening.lounge, "lore add", title="The lamp")
    assert form.values["title"] == "The lamp"
    typed: dict[str, Any] = {"title": "The lamp", "keys": "lamp", "known_by": "", "priority": "normal"}
    await ada.submit(form, text="Long. " * 200, **typed)
    refusal = await ada.next_message(
        evening.lounge, lambda message: message.ephemeral and "has 1199" in message.content
    )
    assert "Long. Long. Long." in refusal.content
    form = await ada.slash(evening.lounge, "lore add", title="The lamp")
    await ada.submit(form, text="It is dark.", **typed | {"keys": "(a+)+$"})
    refusal = await ada.next_message(
        evening.lounge, lambda message: message.ephemeral and "is no key" in message.content
    )
    assert "The lamp\n(a+)+$\nIt is dark." in refusal.content
    assert "No cards yet" in await listed(evening)


async def test_the_cards_of_the_story_picked_beside_are_offered(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="The lamp was dark.")
    await ada.slash(evening.lounge, "lore add", title="The lamp", keys="lamp", text="It burned once.")
    await ada.slash(evening.lounge, "story start", title="Another")

    async def offered(**options: str) -> list[str]:
        choices = await ada.autocomplete(evening.lounge, "lore edit", focused="card", card="", **options)
        return [choice["name"] for choice in choices]

    assert await offered() == []
    assert await offered(story="The Lighthouse") == ["The lamp"]
    assert await offered(story="No such story") == []


async def test_a_change_and_a_removal_are_taken_back_by_their_buttons(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="The lamp was dark.")
    await ada.slash(evening.lounge, "lore add", title="The lamp", keys="lamp", text="It burned once.")
    form = await ada.slash(evening.lounge, "lore edit", card="The lamp")
    changed = await ada.submit(form, **{**form.values, "text": "It never burned.", "priority": "high"})
    assert "It never burned." in await listed(evening)
    await ada.press(changed, "Put it back as it was")
    assert "It burned once." in await listed(evening)
    removed = await ada.slash(evening.lounge, "lore remove", card="The lamp")
    assert "No cards yet" in await listed(evening)
    await ada.press(removed, "Put it back")
    assert "It burned once." in await listed(evening)


async def test_proposals_are_decided_on_one_by_one_and_an_invented_quote_is_counted(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening=f"{LAMP} {ALIVE}")
    offer = await proposed(evening, engine, (LAMP, "Lamp"), (ALIVE, "Keeper"), ("Glass rained from the moon.", "Moon"))
    assert "Proposal 1 of 2: **Lamp**" in offer.content
    assert "“Nobody has lit the lamp since the keeper drowned.”, passage 1, Ada" in offer.content
    assert "One proposal is left out" in offer.content
    await ada.press(offer, "Accept")
    offer = await offer.until(lambda message: "Proposal 2 of 2: **Keeper**" in message.content)
    form = await ada.press(offer, "Edit…")
    await ada.submit(form, **{**form.values, "text": "He lives.", "priority": "normal"})
    offer = await offer.until(lambda message: "All proposals are decided on." in message.content)
    assert offer.labels == []
    assert "He lives." in await listed(evening)


async def test_proposals_can_be_decided_on_after_a_restart(discord: Sandbox, tmp_path: Path) -> None:
    lounge, ada, engine = discord.channel("lounge"), discord.member("Ada"), ScriptedEngine()
    async with salon_at(discord, tmp_path, engine) as salon:
        evening = Evening(discord, salon, lounge)
        await evening.story(ada, opening=LAMP)
        offer = await proposed(evening, engine, (LAMP, "Lamp"))
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        await ada.press(offer, "Decline")
        await offer.until(lambda message: "✗ Lamp" in message.content)
        assert "No cards yet" in await listed(Evening(discord, salon, lounge))


async def test_a_contradiction_is_told_with_both_passages_and_what_was_left_out(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening=LAMP)
    await ada.slash(evening.lounge, "story add", text=ALIVE)
    clashes = [
        {"first": LAMP, "second": ALIVE, "what": "The keeper is dead."},
        {"first": LAMP, "second": "He danced on the moon all night.", "what": "No."},
    ]
    engine.enqueue([json.dumps({"clashes": clashes})])
    answer = await ada.slash(evening.lounge, "story check")
    answer = await answer.until(lambda message: "Checked by" in credit(message))
    assert answer.content == (
        "**Ada** has *The Lighthouse* checked for contradictions\n"
        "**1.** The keeper is dead.\n"
        f"> “{LAMP}” · passage 1, Ada\n"
        f"> “{ALIVE}” · passage 2, Ada\n"
        "-# Read: passages 1 to 2. The AI may be wrong about each, and may have overlooked others.\n"
        "-# One finding is left out: what it quoted does not stand in two places of the story."
    )
