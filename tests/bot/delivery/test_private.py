"""What only its asker may see: nothing of it reaches anyone else, whatever happens to the token or the process."""

from __future__ import annotations

import asyncio

import pytest
import structlog

from bot.delivery.draft import Page
from bot.delivery.gate import Gate
from bot.delivery.mailbox import Mailbox
from bot.words import say
from sandbox import NotAnswered, Sandbox
from sandbox.handles import Channel, Message
from tests.bot.delivery.studio import Studio

SECRET = "The lamp went out."
LONG = "The lamp went out, and the sea went on without it. " * 60


async def begun(studio: Studio, discord: Sandbox) -> Message:
    """Let Ada ask, and the AI begin."""
    studio.engine.enqueue(["The lamp", " went out."])
    studio.engine.hold(after=1)
    answer: Message = await discord.member("Ada").slash(discord.channel("lounge"), "confide")
    return await answer.until(lambda m: "The lamp" in m.content)


async def finished(studio: Studio) -> None:
    studio.engine.release()
    await studio.delivery.settled()
    assert await studio.queue.undelivered() == []


def told_to_all(lounge: Channel) -> str:
    """Return all that everyone in a channel can read, and could read before."""
    seen = [message for message in lounge.messages if not message.ephemeral]
    return " ".join([*(message.content for message in seen), *(str(message.record.edits) for message in seen)])


async def test_the_answer_grows_and_ends_before_its_asker_alone(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord)
        await finished(studio)
        assert living.ephemeral
        assert (living.content, living.labels) == (SECRET, ["Continue"])
        assert told_to_all(lounge) == ""


async def test_a_long_answer_goes_on_before_its_asker_alone(studio: Studio, discord: Sandbox) -> None:
    lounge, ada = discord.channel("lounge"), discord.member("Ada")
    studio.engine.enqueue([LONG])
    async with studio:
        await ada.begin(lounge, "confide")
        last = await ada.next_message(lounge, lambda m: "Continue" in m.labels)
        await finished(studio)
        assert last.ephemeral
        assert told_to_all(lounge) == ""


async def test_a_long_answer_goes_on_privately_in_the_last_seconds_of_its_token(
    studio: Studio, discord: Sandbox
) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        await begun(studio, discord)
        mailbox = Mailbox(studio.bot, (await studio.queue.job(1)).reply, Gate(), studio.clock)
        await finished(studio)
        discord.clock.advance(minutes=14, seconds=45)
        assert not mailbox.has_token
        await mailbox.follow_up_privately(Page("It was dark."))
        assert (await discord.member("Ada").next_message(lounge, lambda m: "dark" in m.content)).ephemeral
        assert told_to_all(lounge) == ""


async def test_after_fifteen_minutes_the_asker_is_called_to_a_button(studio: Studio, discord: Sandbox) -> None:
    ada, ben, lounge = discord.member("Ada"), discord.member("Ben"), discord.channel("lounge")
    async with studio:
        await begun(studio, discord)
        discord.clock.advance(minutes=16)
        await finished(studio)
        call = lounge.messages[-1]
        assert call.mentions == [ada]
        assert say("delivery.for_you_alone") in call.content
        assert "lamp" not in told_to_all(lounge)
        refused = await ben.press(call, "Show me")
        assert (refused.ephemeral, refused.content) == (True, say("delivery.not_for_you"))
        shown = await ada.press(call, "Show me")
        assert (shown.ephemeral, shown.content, shown.labels) == (True, SECRET, ["Continue"])


async def test_a_token_that_dies_early_gives_nothing_away(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord)
        discord.faults.expire_token(living)
        await finished(studio)
        assert "lamp" not in told_to_all(lounge)
        shown = await discord.member("Ada").press(lounge.messages[-1], "Show me")
        assert shown.content == SECRET


async def test_after_a_long_night_the_asker_is_called_once(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    studio.engine.hold()
    async with studio:
        await ada.begin(lounge, "confide")
    discord.clock.advance(minutes=600)
    studio.engine.release()
    studio.engine.enqueue([SECRET])
    async with studio:
        await finished(studio)
    async with studio:
        await studio.delivery.settled()
        calls = [message for message in lounge.messages if "Show me" in message.labels]
        assert len(calls) == 1
        assert (await ada.press(calls[0], "Show me")).content == SECRET


async def test_a_call_is_not_repeated_nor_filled_where_it_was_not_noted_as_delivered(
    studio: Studio, discord: Sandbox
) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord)
        discord.faults.expire_token(living)
        await finished(studio)
    await studio.store.database.execute("UPDATE jobs SET delivered_at = NULL")
    async with studio:
        await finished(studio)
        assert [message.labels for message in lounge.messages if not message.ephemeral] == [["Show me"]]
        assert "lamp" not in told_to_all(lounge)


async def test_a_press_that_cannot_be_answered_names_nobody(studio: Studio, discord: Sandbox) -> None:
    ben, lounge = discord.member("Ben"), discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord)
        discord.faults.expire_token(living)
        await finished(studio)
        call = lounge.messages[-1]
        discord.faults.refuse("POST", "/callback", status=404, code=10062, times=2)
        with structlog.testing.capture_logs() as logs:
            pressing = asyncio.create_task(ben.press(call, "Show me"))
            async with asyncio.timeout(5):
                while not any(line["event"] == "! answer" for line in logs):
                    await studio.queue.undelivered()
        discord.clock.advance(seconds=3)
        with pytest.raises(NotAnswered):
            await pressing
    assert lounge.messages == [call]


async def test_what_was_forgotten_meanwhile_is_shown_to_nobody(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord)
        discord.faults.expire_token(living)
        await finished(studio)
        await studio.queue.forget(ada.id)
        shown = await ada.press(lounge.messages[-1], "Show me")
        assert shown.content == say("jobs.not_found")
