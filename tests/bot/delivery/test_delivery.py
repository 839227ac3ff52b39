"""What members see of a job, from the command to the last edit, through a real discord.py."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.delivery.draft import DraftFile, visible_text
from bot.delivery.live import MARKER
from bot.delivery.split import LIMIT
from bot.words import say
from models.errors import ModelFault
from models.requests import TextRequest
from sandbox import Sandbox
from sandbox.handles import Channel, Message
from tests.bot.delivery.studio import CREDIT, KIND, Studio

PAGE = "The lamp went out, and the sea went on without it. " * 100


def notice(message: Message) -> str:
    return str(message.embeds[0].get("description", "")) if message.embeds else ""


def credit(message: Message) -> str:
    return str(message.embeds[0].get("footer", {}).get("text", "")) if message.embeds else ""


def passage(channel: Channel) -> str:
    return visible_text(message.content for message in channel.messages)


async def test_the_last_edit_carries_exactly_the_text_with_its_credit_and_buttons(
    studio: Studio, discord: Sandbox
) -> None:
    studio.engine.enqueue(["Once upon", " a time."])
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        final = await answer.until(lambda m: "Continue" in m.labels)
        assert final.content == "Once upon a time."
        assert credit(final) == CREDIT
        await studio.delivery.settled()
        assert await studio.queue.undelivered() == []


async def test_the_log_says_how_long_the_member_waited_for_her_answer(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue(["Once upon a time."])
    with capture_logs() as logged:
        async with studio:
            answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
            await answer.until(lambda m: "Continue" in m.labels)
            await studio.delivery.settled()
    (delivered,) = [line for line in logged if line["event"] == "← delivered"]
    assert delivered["total_ms"] >= 0
    assert (delivered["kind"], delivered["state"]) == (KIND, "done")


async def test_first_words_are_shown_with_a_marker_and_the_sign_of_the_ai(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue(["Once upon", " a time."])
    studio.engine.hold(after=1)
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        words = await answer.until(lambda m: m.content != "")
        assert words.content == "Once upon" + MARKER
        assert "AI" in credit(words)
        assert words.labels == ["Cancel"]
        studio.engine.release()
        await answer.until(lambda m: "Continue" in m.labels)


async def test_whoever_waits_sees_her_place_and_may_cancel(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    studio.engine.hold()
    async with studio:
        for _ in range(studio.engine.seats(TextRequest)):
            await ada.begin(lounge, "write")
        await ada.begin(lounge, "write")
        second = await discord.member("Ben").slash(lounge, "write")
        await second.until(lambda m: "Place" in notice(m) or "next" in notice(m))
        await discord.member("Ben").press(second, "Cancel")
        over = await second.until(lambda m: m.content == say("delivery.cancelled"))
        assert over.labels == []
        assert not any(message.ephemeral for message in discord.member("Ben").sees(lounge))  # it says so itself
        studio.engine.release()


async def test_somebody_else_may_not_cancel(studio: Studio, discord: Sandbox) -> None:
    studio.engine.hold()
    async with studio:
        answer = await discord.member("Ben").slash(discord.channel("lounge"), "write")
        waiting = await answer.until(lambda m: m.labels == ["Cancel"])
        chiyo = discord.member("Chiyo")
        await chiyo.press(waiting, "Cancel")
        note = await chiyo.next_message(discord.channel("lounge"), lambda message: message.ephemeral)
        assert note.content == say("jobs.not_yours")
        studio.engine.release()
        await answer.until(lambda m: "Continue" in m.labels)


async def test_long_text_goes_on_in_further_messages_and_reads_back_exactly(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue([PAGE])
    lounge = discord.channel("lounge")
    async with studio:
        await discord.member("Ada").begin(lounge, "write")
        await lounge.next_message(lambda m: "Continue" in m.labels)
        first, *others = lounge.messages
        assert len(others) == 2
        assert all(len(message.content) <= LIMIT for message in lounge.messages)
        assert all(message.reference == first for message in others)
        assert [message.labels for message in lounge.messages] == [[], [], ["Continue"]]
        assert passage(lounge) == PAGE.strip()


async def test_messages_that_the_final_text_does_not_need_are_taken_back(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue(["x" * LIMIT, " " * 500])
    studio.engine.hold(after=2)
    lounge = discord.channel("lounge")
    async with studio:
        await discord.member("Ada").begin(lounge, "write")
        await lounge.next_message(lambda m: m.reference is not None)
        studio.engine.release()
        await studio.delivery.settled()
        assert [message.content for message in lounge.messages] == ["x" * LIMIT]


async def test_nothing_that_a_model_writes_calls_anyone(studio: Studio, discord: Sandbox) -> None:
    ben = discord.member("Ben")
    studio.engine.enqueue([f"@everyone {ben.mention} <@&{discord.guild_id()}> come here"])
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        final = await answer.until(lambda m: "Continue" in m.labels)
        assert final.mentions == []
        assert not final.record.mention_everyone


async def test_files_come_with_their_description(studio: Studio, discord: Sandbox) -> None:
    studio.writing.files = (DraftFile("sea.txt", b"blue", alt="The sea, in a word"),)
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        (file,) = (await answer.until(lambda m: "Continue" in m.labels)).files
        assert (file.filename, file.content, file.description) == ("sea.txt", b"blue", "The sea, in a word")


async def test_a_job_that_fails_says_so_in_its_message(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue(ModelFault())
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        await studio.delivery.settled()
        assert answer.content != ""
        assert answer.labels == []
        assert await studio.queue.undelivered() == []


async def test_a_presenter_that_fails_leaves_an_id_to_quote(studio: Studio, discord: Sandbox) -> None:
    studio.writing.failure = RuntimeError("with somebody's words in it")
    async with studio:
        answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
        await studio.delivery.settled()
        assert "`" in answer.content
        assert "somebody" not in answer.content


@pytest.mark.parametrize("minutes", [1, 16])
async def test_an_answer_that_has_changed_is_told_anew_in_its_place(
    studio: Studio, discord: Sandbox, minutes: int
) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue(["The vote is open."])
    async with studio:
        answer = await discord.member("Ada").slash(lounge, "write")
        await answer.until(lambda m: "Continue" in m.labels)
        await studio.delivery.settled()
        discord.clock.advance(minutes=minutes)
        await studio.store.database.execute("""UPDATE jobs SET result = '{"text": "The lamp won."}'""")
        await studio.queue.tell_again(1)
        await answer.until(lambda m: m.content == "The lamp won.")
        await studio.delivery.settled()
        assert len(lounge.messages) == 1
        assert await studio.queue.undelivered() == []
