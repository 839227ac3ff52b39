"""Whatever goes wrong, the member reads one sentence, and the log keeps no member's words."""

from __future__ import annotations

import asyncio

import pytest
import structlog
from discord import Permissions, app_commands

from bot.delivery.failures import sentence_of
from bot.errors import NotFound
from bot.words import say
from models.errors import PromptTooLong
from sandbox import NotAnswered, Sandbox
from tests.bot.delivery.studio import Studio

SECRET = "what somebody wrote"


async def test_a_known_failure_is_told_to_the_member_alone(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        studio.cog.error = NotFound("jobs.not_found")
        note = await discord.member("Ada").slash(discord.channel("lounge"), "fail")
        assert note.ephemeral
        assert note.content == say("jobs.not_found")


async def test_after_a_public_promise_the_failure_still_is_private(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    async with studio:
        studio.cog.error = NotFound("jobs.not_found")
        await ada.begin(lounge, "fail_late")
        note = await ada.next_message(lounge, lambda m: m.ephemeral)
        assert note.content == say("jobs.not_found")
        assert lounge.messages == []


async def test_an_unknown_failure_gives_an_id_that_the_log_has(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        studio.cog.error = ValueError(SECRET)
        with structlog.testing.capture_logs() as logs:
            note = await discord.member("Ada").slash(discord.channel("lounge"), "fail")
        (entry,) = [line for line in logs if line["event"] == "! unknown"]
        assert entry["id"] in note.content
        assert "ValueError" in entry["trace"]
        assert entry["command"] == "fail"
        assert SECRET not in str(logs)


async def test_where_the_interaction_has_died_the_channel_says_it(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    discord.faults.refuse("POST", "/callback", status=404, code=10062)
    async with studio:
        studio.cog.error = NotFound("jobs.not_found")
        asking = asyncio.create_task(ada.begin(lounge, "fail"))
        said = await lounge.next_message()
        discord.clock.advance(seconds=3)
        with pytest.raises(NotAnswered):
            await asking
        assert say("jobs.not_found") in said.content
        assert said.mentions == [ada]


async def test_where_the_line_to_discord_breaks_the_sentence_takes_the_next_door(
    studio: Studio, discord: Sandbox
) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    discord.faults.lose_answer("POST", "/callback")
    async with studio:
        studio.cog.error = NotFound("jobs.not_found")
        await ada.begin(lounge, "fail")
        said = await lounge.next_message(lambda m: not m.ephemeral)
        assert say("jobs.not_found") in said.content


async def test_commands_in_direct_messages_are_turned_away_kindly(studio: Studio, discord: Sandbox) -> None:
    ada = discord.member("Ada")
    async with studio:
        note = await ada.slash(ada.direct(), "write")
        assert note.content == say("errors.only_in_servers")
        assert studio.engine.history == []


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (app_commands.NoPrivateMessage(), "errors.only_in_servers"),
        (app_commands.CheckFailure(), "errors.not_allowed"),
        (app_commands.CommandNotFound("write", []), "errors.outdated"),
        (PromptTooLong(), "jobs.prompt_too_long"),
    ],
)
def test_failures_of_discords_own_rules_have_sentences(error: Exception, key: str) -> None:
    assert sentence_of(error) == say(key)


def test_a_missing_permission_is_named_in_discords_words() -> None:
    assert "Manage Server" in str(sentence_of(app_commands.MissingPermissions(["manage_guild"])))


@pytest.mark.parametrize("name", Permissions.VALID_FLAGS)
def test_every_permission_of_discord_has_a_name(name: str) -> None:
    assert "_" not in str(sentence_of(app_commands.BotMissingPermissions([name])))


def test_a_cooldown_says_when() -> None:
    cooldown = app_commands.Cooldown(1, 30.0)
    assert "<t:" in str(sentence_of(app_commands.CommandOnCooldown(cooldown, 12.0)))
