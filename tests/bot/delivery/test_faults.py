"""Discord fails in every way it can, and the answer still arrives, once, or is kept."""

from __future__ import annotations

import pytest

from bot.delivery.draft import visible_text
from bot.words import say
from sandbox import Sandbox
from sandbox.handles import Channel, Message
from tests.bot.delivery.studio import Studio

STORY = "Once upon a time."
PAGE = "The lamp went out, and the sea went on without it. " * 60


async def begun(studio: Studio, discord: Sandbox, channel: Channel) -> Message:
    """Let Ada ask, and the AI begin: its first words are shown, the others held back."""
    studio.engine.enqueue(["Once upon", " a time."])
    studio.engine.hold(after=1)
    answer: Message = await discord.member("Ada").slash(channel, "write")
    return await answer.until(lambda m: "Once upon" in m.content)


async def finished(studio: Studio) -> None:
    studio.engine.release()
    await studio.delivery.settled()
    assert await studio.queue.undelivered() == []


async def test_after_fifteen_minutes_the_answer_is_a_new_message_that_calls_the_member(
    studio: Studio, discord: Sandbox
) -> None:
    ada, ben, lounge = discord.member("Ada"), discord.member("Ben"), discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord, lounge)
        discord.clock.advance(minutes=16)
        await finished(studio)
        (final,) = lounge.messages
        assert living.deleted
        assert final.mentions == [ada]
        assert ben not in final.mentions
        assert visible_text([final.content]) == STORY
        assert final.labels == ["Continue"]


async def test_a_message_that_outlives_its_token_goes_on_living(studio: Studio, discord: Sandbox) -> None:
    studio.engine.enqueue(["Once upon", " a time."])
    studio.engine.hold(after=0)
    lounge = discord.channel("lounge")
    async with studio:
        waiting = await discord.member("Ada").slash(lounge, "write")
        await waiting.until(lambda m: say("delivery.reading") in str(m.embeds))
        discord.clock.advance(minutes=16)
        studio.engine.hold(after=1)
        studio.engine.release(1)
        await waiting.until(lambda m: "Once upon" in m.content)
        await finished(studio)


async def test_a_token_that_dies_early_is_noticed(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord, lounge)
        discord.faults.expire_token(living)
        await finished(studio)
        (final,) = lounge.messages
        assert visible_text([final.content]) == STORY


@pytest.mark.parametrize("long", [False, True])
async def test_a_message_that_was_deleted_is_sent_anew_at_the_end(studio: Studio, discord: Sandbox, long: bool) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue(["Once upon", PAGE if long else " a time."])
    studio.engine.hold(after=1)
    async with studio:
        answer = await discord.member("Ada").slash(lounge, "write")
        living = await answer.until(lambda m: "Once upon" in m.content)
        await discord.member("Ada").delete(living)
        await finished(studio)
        text = visible_text(message.content for message in lounge.messages)
        assert text == (f"Once upon{PAGE}".strip() if long else STORY)
        assert lounge.messages[0].mentions == [discord.member("Ada")]


async def test_a_channel_that_is_forbidden_meanwhile_sends_the_answer_home(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    async with studio:
        await begun(studio, discord, lounge)
        discord.clock.advance(minutes=16)
        discord.faults.forbid(lounge, see=False)
        await finished(studio)
        note, home = ada.direct().messages
        assert "direct" in str(note.embeds) or "here" in str(note.embeds)
        assert home.content == STORY
        assert home.labels == []


async def test_where_only_the_webhook_may_write_long_text_goes_on_through_it(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue([PAGE])
    discord.faults.forbid(lounge)
    async with studio:
        await discord.member("Ada").slash(lounge, "write")
        await studio.delivery.settled()
        assert len(lounge.messages) == 2
        assert visible_text(message.content for message in lounge.messages) == PAGE.strip()


async def test_an_answer_nobody_can_be_given_is_kept_and_not_tried_for_ever(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        await begun(studio, discord, lounge)
        discord.clock.advance(minutes=16)
        discord.faults.forbid(lounge, see=False)
        discord.faults.refuse("POST", "/users/@me/channels", status=403, code=50007)
        await finished(studio)
        job = await studio.store.get(1)
        assert job is not None
        assert job.result == {"text": STORY}
        assert job.undeliverable == "Discord 403, code 50007"


async def test_what_discord_refuses_for_a_moment_is_tried_again(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord, lounge)
        discord.clock.advance(minutes=16)
        discord.faults.refuse("POST", "/channels", status=503, times=2)
        await finished(studio)
        (final,) = lounge.messages
        assert final != living
        assert visible_text([final.content]) == STORY
        assert studio.pauses.taken == [2.0, 4.0]


async def test_an_answer_that_arrived_and_was_not_acknowledged_is_not_sent_twice(
    studio: Studio, discord: Sandbox
) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        await begun(studio, discord, lounge)
        discord.clock.advance(minutes=16)
        discord.faults.lose_answer("POST", "/channels")
        await finished(studio)
        assert [visible_text([message.content]) for message in lounge.messages] == [STORY]


async def test_a_rate_limit_is_obeyed(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        living = await begun(studio, discord, lounge)
        discord.faults.refuse("PATCH", "/webhooks", status=429, retry_after_s=0.05)
        await finished(studio)
        assert living.content == STORY
