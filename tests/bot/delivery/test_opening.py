"""What a member wrote with her request stands above the answer, whatever happens to either."""

from __future__ import annotations

from bot.delivery.draft import visible_text
from bot.words import say
from sandbox import Sandbox
from tests.bot.delivery.studio import Studio

WORDS = ("It began to rain. " * 150).strip()


def contents(discord: Sandbox) -> list[str]:
    return [message.content for message in discord.channel("lounge").messages]


async def test_the_members_words_come_first_and_stay_while_the_answer_grows(studio: Studio, discord: Sandbox) -> None:
    studio.writing.opening_text = "It began to rain."
    studio.engine.enqueue(["It", " poured."])
    studio.engine.hold(after=1)
    async with studio:
        words = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        answer = await discord.channel("lounge").next_message(lambda m: "Cancel" in m.labels)
        assert words.content == "It began to rain."
        studio.engine.release()
        await answer.until(lambda m: "Continue" in m.labels)
        assert contents(discord) == ["It began to rain.", "It poured."]
        assert len(words.edits) == 1


async def test_words_of_several_messages_come_whole_before_the_answer(studio: Studio, discord: Sandbox) -> None:
    studio.writing.opening_text = WORDS
    studio.engine.enqueue(["It poured."])
    async with studio:
        await discord.member("Ada").begin(discord.channel("lounge"), "write")
        await discord.channel("lounge").next_message(lambda m: "Continue" in m.labels)
        *own, answer = contents(discord)
        assert visible_text(own) == WORDS
        assert answer == "It poured."


async def test_the_members_words_stay_when_she_cancels_the_answer(studio: Studio, discord: Sandbox) -> None:
    studio.writing.opening_text = "It began to rain."
    studio.engine.hold(after=1)
    async with studio:
        await discord.member("Ada").begin(discord.channel("lounge"), "write")
        answer = await discord.channel("lounge").next_message(lambda m: "Cancel" in m.labels)
        await discord.member("Ada").press(answer, "Cancel")
        await studio.delivery.settled()
        assert contents(discord) == ["It began to rain.", say("delivery.cancelled")]
        studio.engine.release()


async def test_after_a_restart_nothing_is_said_twice(studio: Studio, discord: Sandbox) -> None:
    studio.writing.opening_text = "It began to rain."
    studio.engine.hold(after=1)
    async with studio:
        await discord.member("Ada").begin(discord.channel("lounge"), "write")
        await discord.channel("lounge").next_message(lambda m: "Cancel" in m.labels)
    studio.engine.release()
    studio.engine.enqueue(["It poured."])
    async with studio:
        await studio.delivery.settled()
        assert contents(discord) == ["It began to rain.", "It poured."]


async def test_after_a_long_night_words_and_answer_are_said_anew_together(studio: Studio, discord: Sandbox) -> None:
    studio.writing.opening_text = "It began to rain."
    studio.engine.hold()
    async with studio:
        await discord.member("Ada").begin(discord.channel("lounge"), "write")
    discord.clock.advance(minutes=600)
    studio.engine.release()
    studio.engine.enqueue(["It poured."])
    async with studio:
        await studio.delivery.settled()
        words, answer = discord.channel("lounge").messages
        assert visible_text([words.content]) == "It began to rain."
        assert words.mentions == [discord.member("Ada")]
        assert answer.content == "It poured."
