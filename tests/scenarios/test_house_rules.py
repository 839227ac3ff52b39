"""Admins at work, the line, and what members may know: `/style`, `/settings`, `/queue`, `/privacy`, `/about`."""

from __future__ import annotations

import json

import pytest

from sandbox.errors import Refused
from tests.scenarios.conftest import Evening, both, credit, is_finished
from tests.scripted import ScriptedEngine


async def test_an_admin_makes_a_style_and_a_story_is_written_in_it(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "style create", name="Harbour", temperature=1.1, length="line")
    words = {"description": "rain and regret", "instructions": "Short sentences. {Braces} and ```fences``` stay."}
    made = await ada.submit(form, words)
    assert made.ephemeral
    numbers = made.embeds[0]["fields"][-1]["value"]
    assert "**temperature 1.1** · how daring" in numbers
    assert "**repetition 0.8** · how strongly it is kept from repeating itself" in numbers
    listed = await ada.slash(evening.lounge, "style list")
    assert "**Harbour** · rain and regret" in listed.embeds[0]["description"]

    choices = await ada.autocomplete(evening.lounge, "story start", focused="style", style="harb")
    assert [choice["value"] for choice in choices] == ["Harbour"]
    await evening.story(ada, style="Harbour", opening="It rained.")
    passage = await evening.ai_passage(ada)
    assert "Harbour" in credit(passage)
    request = engine.texts[-1]
    assert request.sampling.temperature == 1.1
    assert words["instructions"] in "\n".join(part.text for part in request.parts)

    form = await ada.slash(evening.lounge, "style edit", name="harbour", temperature=0.5)
    assert form.values == words
    await ada.submit(form, words | {"instructions": "Long sentences."})
    shown = await ada.slash(evening.lounge, "style show", name="Harbour")
    assert "Long sentences." in json.dumps(shown.embeds)
    deleted = await ada.slash(evening.lounge, "style delete", name="Harbour")
    assert "Harbour" in deleted.content


async def test_a_member_without_the_right_may_not_change_styles(evening: Evening) -> None:
    answer = await evening.person("Ben").slash(evening.lounge, "style create", name="Mine")
    assert answer.ephemeral
    assert "Manage Server" in answer.content


async def test_a_name_that_cannot_be_taken_is_refused_before_the_form_opens(evening: Evening) -> None:
    ada = evening.person("Ada")
    for command in ("style create", "style edit"):
        answer = await ada.slash(evening.lounge, command, name="Noir")
        assert answer.ephemeral
        assert "built in" in answer.content
    form = await ada.slash(evening.lounge, "style create", name="Harbour")
    await ada.submit(form, description="rain and regret", instructions="Short sentences.")
    again = await ada.slash(evening.lounge, "style create", name="harbour")
    assert "already has a style" in again.content


async def test_a_form_that_fails_gives_every_field_back(evening: Evening) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "style create", name="Harbour")
    late = await ada.slash(evening.lounge, "style create", name="Harbour")
    words = {"description": "rain and regret", "instructions": "Short sentences."}
    await ada.submit(form, words)
    await ada.submit(late, words)
    back = await ada.next_message(evening.lounge, lambda message: "Nothing you wrote is lost" in message.content)
    assert back.ephemeral
    assert all(text in back.content for text in words.values())


async def test_settings_without_options_change_nothing_and_say_what_could(evening: Evening) -> None:
    answer = await evening.person("Ada").slash(evening.lounge, "settings channel")
    assert "Nothing is changed" in answer.content
    assert "`spacing`" in answer.content
    assert "Assist" in json.dumps(answer.embeds)


async def test_the_ai_is_silent_where_people_want_to_be_alone(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    panel = await ada.slash(evening.lounge, "settings channel", ai="human-only", spacing=1)
    assert "People only" in json.dumps(panel.embeds)
    await evening.story(ada, opening="Only us.")
    refused = await ben.begin(evening.lounge, "story continue", text="And me.")
    assert refused is not None
    given_back = await ben.next_message(
        evening.lounge, lambda message: "And me." in message.content and message.ephemeral
    )
    assert "Nothing you wrote is lost" in given_back.content
    own = await ben.slash(evening.lounge, "story add", text="And me.")
    assert own.content == "And me."
    assert "settings" not in ben.commands(evening.lounge)
    shown = await ada.slash(evening.lounge, "settings show")
    assert "One other person" in json.dumps(shown.embeds)
    reset = await ada.slash(evening.lounge, "settings reset")
    assert "Assist" in json.dumps(reset.embeds)


async def test_a_role_gives_its_members_a_larger_share_of_the_device(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    client, database = evening.salon.client, evening.salon.database
    server = client.get_guild(evening.discord.guild_id())
    assert server is not None
    hosts = next(role for role in server.roles if role.name == "Hosts")
    await evening.story(ada, opening="It rained.")
    set_ = await ada.slash(evening.lounge, "settings role", role=hosts, weight=2.0)
    assert set_.ephemeral
    assert f"a member of {hosts.mention} now gets 2 times the usual share" in set_.content
    assert set_.record.mention_role_ids == []
    with pytest.raises(Refused):
        await ben.slash(evening.lounge, "settings role", role=hosts, weight=8.0)

    await evening.ai_passage(ada)
    await evening.ai_passage(ben)
    rows = await database.fetch_all("SELECT member_id, weight FROM jobs ORDER BY id")
    assert [(row["member_id"], row["weight"]) for row in rows] == [(ada.id, 2.0), (ben.id, 1.0)]

    shown = await ada.slash(evening.lounge, "settings show")
    assert f"{hosts.mention} × 2" in shown.embeds[1]["description"]
    await both(*(told(hosts) for told in client.extra_events["on_guild_role_delete"]))
    shown = await ada.slash(evening.lounge, "settings show")
    assert "same share" in shown.embeds[1]["description"]


async def test_everyones_share_stays_the_usual_one(evening: Evening) -> None:
    everyone = evening.salon.client.get_guild(evening.discord.guild_id())
    refused = await evening.person("Ada").slash(evening.lounge, "settings role", role=everyone, weight=2.0)
    assert refused.ephemeral
    assert "that only some have" in refused.content


async def test_in_an_open_channel_the_ai_takes_turns(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await ada.slash(evening.lounge, "settings channel", ai="open")
    await evening.story(ada)
    engine.enqueue(["The waves answered."])
    own = await ada.slash(evening.lounge, "story add", text="She called out.")
    ai = await evening.lounge.next_message(is_finished)
    assert (own.content, credit(own)) == ("She called out.", "✒ Ada")
    assert ai.content == "The waves answered."


async def test_in_an_open_channel_the_ai_answers_a_file_too(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    await ada.slash(evening.lounge, "settings channel", ai="open")
    await evening.story(ada)
    engine.enqueue(["The waves answered."])
    await ada.begin(evening.lounge, "story add", file=("chapter.txt", b"She called out."))
    ai = await evening.lounge.next_message(is_finished)
    assert [message.content for message in evening.lounge.messages[-2:]] == ["She called out.", "The waves answered."]
    assert ai.reference is not None


async def test_the_line_is_shown_and_left(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    engine.hold()
    await evening.story(ada, opening="It began to rain.")
    first = await ada.slash(evening.lounge, "story continue")
    await engine.came(1)
    second = await ben.slash(evening.lounge, "story continue")
    line = await ben.slash(evening.lounge, "queue show")
    assert line.ephemeral
    assert f"At work now · writing on · <@{ada.id}>" in line.embeds[0]["description"]
    assert "writing on · you" in line.embeds[0]["description"]

    offered = await ben.autocomplete(evening.lounge, "queue cancel", focused="request", request="")
    assert [choice["name"].split(" · ")[1] for choice in offered] == ["yours"]
    assert len(await ada.autocomplete(evening.lounge, "queue cancel", focused="request", request="")) == 2
    await ben.slash(evening.lounge, "queue cancel")
    await second.until(lambda message: "Cancelled" in json.dumps(message.embeds) or "Cancelled" in message.content)
    await first.until(lambda message: "Cancel" in message.labels)
    await ben.press(first, "Cancel")
    note = await ben.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "admin" in note.content
    await ada.press(first, "Cancel")
    await first.until(lambda message: "Cancel" not in message.labels)
    empty = await ada.slash(evening.lounge, "queue show")
    assert "Nobody waits" in empty.embeds[0]["description"]


async def test_a_member_takes_her_data_along_and_is_forgotten(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="Ada was here.")
    await ben.slash(evening.lounge, "story add", text="Ben was here.")
    told = await ben.slash(evening.lounge, "privacy export")
    assert told.ephemeral
    assert b"Ben was here." in told.files[0].content
    assert b"Ada was here." not in told.files[0].content
    question = await ben.slash(evening.lounge, "privacy forget")
    assert question.ephemeral
    await ben.press(question, "Forget me")
    await question.until(lambda message: "forgotten you" in message.content and not message.labels)
    read = await ada.slash(evening.lounge, "story read")
    assert "Ben was here." not in read.embeds[0]["description"]
    assert "[removed]" in read.embeds[0]["description"]


async def test_about_says_who_writes_and_draws_here(evening: Evening, engine: ScriptedEngine) -> None:
    about = await evening.person("Ben").slash(evening.lounge, "about")
    told = json.dumps(about.embeds)
    assert "scripted, licence Apache-2.0" in told
    assert "scripted pictures, licence Apache-2.0" in told
    assert "/privacy forget" in told
    engine.image_card = None
    about = await evening.person("Ben").slash(evening.lounge, "about")
    assert "has loaded no picture model" in json.dumps(about.embeds)
