"""People read each other through Discord: offering, taking, giving, reading, thanking, and nothing is generated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.people import Member
from bot.words import say
from sandbox import Sandbox
from sandbox.errors import Refused
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, salon_at
from tests.scripted import ScriptedEngine

DRAFT = "The lamp was dark, and nobody came. She waited until the tide had gone."
CRITIQUE = "I was moved where she waits. " * 30


async def offered(evening: Evening, name: str = "Ada", **options: object) -> Message:
    answer: Message = await evening.person(name).slash(
        evening.lounge, "crit offer", **{"title": "The Lighthouse", "text": DRAFT, **options}
    )
    return answer


def is_told(message: Message) -> bool:
    return "Read it" in message.labels


async def test_an_evening_of_readers_without_any_ai(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    await ada.slash(lounge, "settings channel", ai="human-only")
    card = await offered(evening, wish="Is the end earned?", warning="A drowning.", file=None)
    assert "**Ada** offers a draft to readers: 14 words" in card.content
    assert DRAFT not in json.dumps(card.embeds)

    line = await ben.slash(lounge, "crit list")
    assert line.ephemeral
    assert "**The Lighthouse** · 14 words · by Ada" in line.embeds[0]["description"]
    draft = await ben.press(line, "Take the next in line")
    assert draft.ephemeral
    assert draft.embeds[0]["description"] == DRAFT
    assert "⚠ A drowning." in draft.content
    assert "Is the end earned?" in draft.content
    assert "at least 150 words" in draft.content

    short = await ben.press(draft, "Write the critique…")
    await ben.submit(short, text="Nice.")
    back = await ben.next_message(
        lounge, lambda message: "has one word" in message.content or "Nice." in message.content
    )
    assert back.ephemeral
    form = await ben.slash(lounge, "crit give")
    thanks = await ben.submit(form, text=CRITIQUE)
    assert thanks.ephemeral
    assert "You have 2 in credits now" in thanks.content

    told = await lounge.next_message(is_told)
    assert told.mentions == [ada]
    assert CRITIQUE.strip() not in json.dumps([told.content, told.embeds])
    refused = await ben.slash(lounge, "crit take")
    assert "Nobody else's draft waits for you" in refused.content
    read = await ada.press(told, "Read it")
    assert read.ephemeral
    assert read.embeds[0]["description"] == CRITIQUE.strip()
    await ada.press(read, "This helped me")
    await read.until(lambda message: not message.labels)

    mine = json.dumps((await ben.slash(lounge, "crit mine")).embeds, ensure_ascii=False)
    assert "You have 2 credits" in mine
    assert "♥ it helped" in mine
    hers = json.dumps((await ada.slash(lounge, "crit mine")).embeds, ensure_ascii=False)
    assert "Ben wrote 180 words" in hers
    assert engine.history == []


async def test_nobody_else_reads_a_critique_unless_it_was_offered_so(evening: Evening) -> None:
    ada, ben, cem = (evening.person(name) for name in ("Ada", "Ben", "Dmitri"))
    for public in (False, True):
        await offered(evening, "Ada" if public is False else "Ben", public=public)
        reader, author = (ben, ada) if public is False else (ada, ben)
        await reader.slash(evening.lounge, "crit take")
        form = await reader.slash(evening.lounge, "crit give")
        await reader.submit(form, text=CRITIQUE)
        told = await evening.lounge.next_message(is_told)
        assert told.mentions == [author]
        answer = await cem.press(told, "Read it")
        assert ("for the draft's author" in answer.content) is not public


async def test_old_buttons_work_after_a_restart_and_what_was_not_told_is_told_then(
    discord: Sandbox, tmp_path: Path
) -> None:
    lounge, ada, ben = discord.channel("lounge"), discord.member("Ada"), discord.member("Ben")
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        card = await ada.slash(lounge, "crit offer", title="The Lighthouse", file=("draft.txt", DRAFT.encode()))
        draft = await ben.press(card, "Read and critique it")
        other = await ben.slash(lounge, "crit offer", title="His")
        await ben.submit(other, text=DRAFT)
        hers = await ada.slash(lounge, "crit take")
        # As if it were killed between keeping a critique and telling of it.
        await salon.services.readers.give(Member(ben.id, ben.name, discord.guild_id()), CRITIQUE)
    async with salon_at(discord, tmp_path, ScriptedEngine()):
        told = await lounge.next_message(is_told)
        assert (await ada.press(told, "Read it")).embeds[0]["description"] == CRITIQUE.strip()
        assert [is_told(message) for message in lounge.messages].count(True) == 1
        assert "You are not reading that draft" in (await ben.press(draft, "Write the critique…")).content
        form = await ada.press(hers, "Write the critique…")
        await ada.submit(form, text=CRITIQUE)
        again = await lounge.next_message(is_told)
        assert again.mentions == [ben]


async def test_a_draft_is_put_back_and_withdrawn_and_what_is_refused_is_given_back(evening: Evening) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    form = await ada.slash(lounge, "crit offer", title="The Lighthouse", warning="A drowning.")
    assert form.values == {"text": "", "wish": "", "warning": "A drowning."}
    card = await ada.submit(form, text=DRAFT)
    draft = await ben.press(card, "Read and critique it")
    refused = await ada.press(card, "Withdraw")
    assert "Ben is reading it just now" in refused.content
    await ben.press(draft, "Put it back")
    await ada.begin(lounge, "crit offer", title="Another", text=DRAFT)
    refused = await ada.next_message(lounge, lambda message: DRAFT in message.content)
    assert refused.ephemeral
    assert "costs credits here: 1, and you have 0" in refused.content
    mine = await ada.slash(lounge, "crit mine")
    withdrawn = await ada.choose(mine, ["The Lighthouse · 14 words · Ada"])
    assert "its author has the credit back" in withdrawn.content
    assert "No draft waits." in json.dumps((await ben.slash(lounge, "crit list")).embeds)


async def test_a_file_that_discord_gives_out_no_more_gets_a_sentence(evening: Evening) -> None:
    evening.discord.faults.refuse("GET", "/cdn/attachments/", status=404, code=0)
    ada, lounge = evening.person("Ada"), evening.lounge
    await ada.begin(lounge, "crit offer", title="The Lighthouse", file=("draft.txt", DRAFT.encode()))
    refused = await ada.next_message(lounge, lambda message: message.content == say("safety.upload_gone"))
    assert refused.ephemeral


async def test_a_reader_is_told_when_the_author_is_forgotten_meanwhile(evening: Evening) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    card = await offered(evening)
    await ben.press(card, "Read and critique it")
    await evening.salon.services.privacy.forget(Member(ada.id, ada.name, evening.discord.guild_id()))
    form = await ben.slash(lounge, "crit give")
    thanks = await ben.submit(form, text=CRITIQUE)
    assert "had Salon forget them" in thanks.content
    assert "You have 2 in credits now" in thanks.content
    assert not any(map(is_told, lounge.messages))


async def test_nothing_is_lost_when_the_author_leaves_before_the_critique_comes(evening: Evening) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    card = await offered(evening)
    draft = await ben.press(card, "Read and critique it")
    ada.leave()
    thanks = await ben.submit(await ben.press(draft, "Write the critique…"), text=CRITIQUE)
    assert "You have 2 in credits now" in thanks.content
    told = await lounge.next_message(is_told)
    assert (await ben.press(told, "Read it")).embeds[0]["description"] == CRITIQUE.strip()


async def test_admins_change_the_prices_and_everyone_sees_them(evening: Evening) -> None:
    ada, ben, lounge = evening.person("Ada"), evening.person("Ben"), evening.lounge
    refused = await ben.slash(lounge, "crit prices", words=1)
    assert "Manage Server" in refused.content
    with pytest.raises(Refused):
        await ada.slash(lounge, "crit prices", hours=0)
    changed = await ada.slash(lounge, "crit prices", words=50, ai=2)
    assert changed.ephemeral
    seen = await ben.slash(lounge, "crit prices")
    assert "at least **50 words**" in seen.embeds[0]["description"]
    assert "by the AI costs **2 credits**" in seen.embeds[0]["description"]
