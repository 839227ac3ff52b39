"""What was under way when the process died is taken up at the next start, in the same messages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.delivery.draft import Draft, visible_text
from bot.jobs.job import Job, JobState
from bot.words import say
from sandbox import Sandbox
from tests.bot.delivery.studio import Studio

PAGE = "The lamp went out, and the sea went on without it. " * 100


async def test_a_living_message_goes_on_in_its_place(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.hold(after=1)
    async with studio:
        answer = await discord.member("Ada").slash(lounge, "write")
        await answer.until(lambda m: m.content != "")
    studio.engine.release()
    studio.engine.enqueue(["It went on."])
    async with studio:
        await studio.delivery.settled()
        assert [message.content for message in lounge.messages] == ["It went on."]
        assert answer.labels == ["Continue"]


async def test_after_a_long_night_the_answer_comes_anew_and_no_spinner_stays(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.hold()
    async with studio:
        await discord.member("Ada").begin(lounge, "write")
    discord.clock.advance(minutes=600)
    studio.engine.release()
    studio.engine.enqueue(["It went on."])
    async with studio:
        await studio.delivery.settled()
        (final,) = lounge.messages
        assert visible_text([final.content]) == "It went on."
        assert final.mentions == [discord.member("Ada")]


async def test_parts_of_a_long_answer_are_found_again_and_not_doubled(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue([PAGE])
    studio.engine.hold(after=1)
    async with studio:
        await discord.member("Ada").begin(lounge, "write")
        await lounge.next_message(lambda m: len(lounge.messages) == 3)
    discord.clock.advance(minutes=10)
    studio.engine.release()
    studio.engine.enqueue([PAGE])
    async with studio:
        await studio.delivery.settled()
        assert len(lounge.messages) == 3
        assert visible_text(message.content for message in lounge.messages) == PAGE.strip()


async def test_parts_are_found_again_after_each_failure_and_none_is_doubled(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue([PAGE])
    studio.engine.hold(after=1)
    async with studio:
        await discord.member("Ada").begin(lounge, "write")
        await lounge.next_message(lambda m: len(lounge.messages) == 3)
        discord.faults.refuse("PATCH", "/channels", status=503, times=2)
        studio.engine.release()
        await studio.delivery.settled()
        assert len(lounge.messages) == 3
        assert visible_text(message.content for message in lounge.messages) == PAGE.strip()


async def test_where_the_channel_is_closed_after_the_restart_the_answer_goes_home(
    studio: Studio, discord: Sandbox
) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    studio.engine.hold()
    async with studio:
        await ada.begin(lounge, "write")
        await studio.engine.came(1)
    discord.clock.advance(minutes=60)
    discord.faults.forbid(lounge, see=False)
    studio.engine.release()
    studio.engine.enqueue(["It went on."])
    async with studio:
        await studio.delivery.settled()
        assert ada.direct().messages[-1].content == "It went on."


async def test_an_answer_to_a_button_is_not_taken_for_a_part(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.hold(after=1)
    async with studio:
        answer = await discord.member("Ada").slash(lounge, "write")
        waiting = await answer.until(lambda m: m.labels == ["Cancel"])
        await discord.member("Ben").press(waiting, "Cancel")
    studio.engine.release()
    async with studio:
        await studio.delivery.settled()
        assert len(lounge.messages) == 1


async def test_where_delivery_itself_fails_there_is_a_sentence_and_after_an_update_the_answer(
    studio: Studio, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(job: Job) -> Sequence[Draft]:
        raise ValueError(job.id)

    studio.engine.enqueue(["It went on."])
    with monkeypatch.context() as broken:
        broken.setattr(studio.writing, "opening", fails)
        async with studio:
            answer = await discord.member("Ada").slash(discord.channel("lounge"), "write")
            await studio.delivery.settled()
            assert "went wrong" in answer.content
            assert [view.job.state async for view in studio.queue.watch(1)][-1] is JobState.DONE
    async with studio:
        await studio.delivery.settled()
        assert [message.content for message in discord.channel("lounge").messages] == ["It went on."]


async def test_what_was_delivered_is_left_alone(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        await discord.member("Ada").slash(lounge, "write")
        await studio.delivery.settled()
    asked = len(discord.log)
    async with studio:
        await studio.delivery.settled()
        assert not [request for request in discord.log[asked:] if "messages" in request.path]


async def test_what_an_update_can_no_longer_do_is_answered_with_a_sentence(studio: Studio, discord: Sandbox) -> None:
    studio.engine.hold()
    async with studio:
        await discord.member("Ada").begin(discord.channel("lounge"), "write")
        await studio.engine.came(1)
        await studio.store.database.execute("UPDATE jobs SET kind = 'bygone'")
    async with studio:
        await studio.delivery.settled()
        (answer,) = discord.channel("lounge").messages
        assert answer.content == say("jobs.kind_gone")
        assert await studio.queue.undelivered() == []
