"""Choosing together through Discord: proposals and votes, their end, a restart in their midst; limits; the X."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.errors import Refused
from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit, is_finished, salon_at
from tests.scripted import ScriptedEngine

WAYS = ("They ran to the boat.", "They hid in the cellar.", "They waited by the lamp.")


def is_vote(message: Message) -> bool:
    return "Close now" in message.labels


async def proposed(evening: Evening, engine: ScriptedEngine, **options: object) -> Message:
    """Let Ada have three ways on written for her story."""
    for text in WAYS:
        engine.enqueue([text])
    answer: Message = await evening.person("Ada").slash(evening.lounge, "story propose", **options)
    return await answer.until(is_vote)


async def test_people_vote_and_the_winner_goes_on(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A ship was sighted.")
    vote = await proposed(evening, engine)
    assert vote.labels == ["1 · 0", "2 · 0", "3 · 0", "Close now"]
    assert all(f"### {number}\n{text}" in vote.content for number, text in enumerate(WAYS, start=1))
    assert "Written by an AI (scripted)" in credit(vote)
    await ben.press(vote, "1 · 0")
    await vote.until(lambda message: "1 · 1" in message.labels)
    await ben.press(vote, "2 · 0")
    await vote.until(lambda message: message.labels[:2] == ["1 · 0", "2 · 1"])
    await ada.press(vote, "Close now")
    won = await vote.until(is_finished)
    assert won.content == WAYS[1]
    assert "Proposal 2 won with 1 of 1" in credit(won)
    assert "2/3" in won.labels
    read = await ben.slash(evening.lounge, "story read")
    assert WAYS[1] in json.dumps(read.embeds)
    assert WAYS[0] not in json.dumps(read.embeds)
    await ada.press(won, "Undo")
    assert "Taken back" in credit(await won.until(lambda message: "Redo" in message.labels))


async def test_only_who_may_close_a_vote_closes_it_and_without_votes_the_story_stays(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A ship was sighted.")
    vote = await proposed(evening, engine)
    await ben.press(vote, "Close now")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "can close the vote" in note.content
    await ada.press(vote, "Close now")
    closed = await vote.until(lambda message: not message.labels)
    assert "Nobody voted" in closed.content
    assert all(text in closed.content for text in WAYS)


async def test_a_vote_lives_through_a_restart_and_what_ended_meanwhile_is_closed(
    discord: Sandbox, tmp_path: Path
) -> None:
    ada, ben, engine = discord.member("Ada"), discord.member("Ben"), ScriptedEngine(seats=1)
    lounge = discord.channel("lounge")
    async with salon_at(discord, tmp_path, engine) as salon:
        evening = Evening(discord, salon, lounge)
        await evening.story(ada, opening="A ship was sighted.")
        vote = await proposed(evening, engine)
        await ben.press(vote, "3 · 0")
        await vote.until(lambda message: "3 · 1" in message.labels)
    async with salon_at(discord, tmp_path, ScriptedEngine()) as salon:
        await ada.press(vote, "3 · 1")
        await vote.until(lambda message: "3 · 2" in message.labels)
        await salon.database.execute("UPDATE ballots SET ends_at = 1")
    async with salon_at(discord, tmp_path, ScriptedEngine()):
        won = await vote.until(is_finished)
        assert won.content == WAYS[2]
        assert "Proposal 3 won with 2 of 2" in credit(won)


async def test_a_vote_counts_though_who_gave_it_has_left(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A ship was sighted.")
    vote = await proposed(evening, engine)
    await ben.press(vote, "2 · 0")
    await vote.until(lambda message: "2 · 1" in message.labels)
    ben.leave()
    with pytest.raises(Refused):
        await ben.press(vote, "2 · 1")
    await ada.press(vote, "Close now")
    won = await vote.until(is_finished)
    assert won.content == WAYS[1]
    assert "Proposal 2 won with 1 of 1" in credit(won)


async def test_a_winner_whose_story_went_on_stands_apart_with_the_way_there(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="A ship was sighted.")
    vote = await proposed(evening, engine)
    await ada.press(vote, "1 · 0")
    await ada.slash(evening.lounge, "story add", text="It came nearer.")
    await ada.press(vote, "Close now")
    apart = await vote.until(lambda message: "Go there" in message.labels)
    assert apart.content == WAYS[0]
    assert "the story had gone elsewhere" in credit(apart)
    await ada.press(apart, "Go there")
    await apart.until(is_finished)
    read = await ada.slash(evening.lounge, "story read")
    assert WAYS[0] in json.dumps(read.embeds)
    assert "It came nearer." not in json.dumps(read.embeds)


async def test_limits_are_told_to_the_ai_and_keep_themes_out_of_texts_and_pictures(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="A ship was sighted.")
    form = await ada.slash(evening.lounge, "story limits")
    shown = await ada.submit(form, lines="spiders\nblood", veils="grief")
    assert shown.ephemeral
    assert "spiders" in json.dumps(shown.embeds)
    for text in ("A sp1der came down.", "The ship came in."):
        engine.enqueue([text])
    passage = await evening.ai_passage(ada)
    assert passage.content == "The ship came in."
    assert "spiders; blood" in engine.texts[0].parts[0].text
    assert "grief" in engine.texts[0].parts[0].text
    info = await evening.person("Ben").slash(evening.lounge, "story info")
    assert "grief" in json.dumps(info.embeds)
    await ada.begin(evening.lounge, "picture imagine", prompt="a spider in its web")
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral)
    assert engine.pictures == []
    assert "limits leave that theme out" in note.content
    await ada.begin(evening.lounge, "picture imagine", prompt="a ship")
    await engine.came(3)
    assert engine.pictures[0].avoid.endswith("spiders, blood, grief")


async def test_anyone_may_step_back_by_the_x_and_nobody_is_told_who(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A ship was sighted.")
    words = await ada.slash(evening.lounge, "story add", text="There was blood on the deck.")
    await ben.press(words, "X")
    veiled = await words.until(lambda message: "step back" in json.dumps(message.embeds))
    assert "blood" not in veiled.content + json.dumps(veiled.embeds)
    assert "Ben" not in veiled.content + json.dumps(veiled.embeds)
    assert veiled.labels == ["Write…", "Continue"]
    row = await evening.salon.database.fetch_one("SELECT kind, member_id FROM moves ORDER BY id DESC")
    assert row is not None
    assert tuple(row) == ("undo", None)
    await ben.slash(evening.lounge, "story redo")
    redone = await ada.slash(evening.lounge, "story redo")
    assert "There was blood on the deck." in redone.content


@pytest.mark.parametrize("is_late", [False, True])
async def test_a_long_passage_is_veiled_whole_by_the_x(evening: Evening, engine: ScriptedEngine, is_late: bool) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="A ship was sighted.")
    words = "There was blood on the deck. " * 100
    if is_late:
        engine.enqueue([words])
        engine.hold()
        await ada.begin(evening.lounge, "story continue")
        await engine.came(1)
        evening.discord.clock.advance(minutes=16)
        engine.release()
    else:
        await ada.begin(evening.lounge, "story add", text=words)
    last = await evening.lounge.next_message(lambda message: "X" in message.labels and "blood" in message.content)
    (first,) = [message for message in evening.lounge.messages if "blood" in message.content and message != last]
    await ben.press(last, "X")
    await first.until(lambda message: "Veiled" in json.dumps(message.embeds))
    assert not any("blood" in message.content for message in evening.lounge.messages)
