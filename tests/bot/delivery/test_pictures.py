"""A picture on its way to whoever asked: its place, its steps, glimpses, and the finished files in one message."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.delivery.draft import visible_text
from bot.errors import NotStored, Unavailable
from bot.jobs.handler import Glimpse
from bot.words import say
from models.errors import NotFinite, OutOfMemory
from sandbox import Sandbox
from sandbox.handles import Message
from tests.bot.delivery.easel import CREDIT
from tests.bot.delivery.studio import Studio
from tests.bot.delivery.test_delivery import credit, notice

TOO_LARGE = b"x" * (10 * 2**20 + 1)


def names(message: Message) -> Sequence[str]:
    return [file.filename for file in message.files]


async def begun(studio: Studio, discord: Sandbox, after: int = 2) -> Message:
    """Let Ada ask for a picture, and return its message once so many steps of it are shown."""
    studio.engine.hold(after)
    answer: Message = await discord.member("Ada").slash(discord.channel("lounge"), "draw")
    return await answer.until(lambda m: f"step {after} of 4" in notice(m))


async def finished(studio: Studio) -> None:
    studio.engine.release()
    await studio.delivery.settled()
    assert await studio.queue.undelivered() == []


async def test_whoever_waits_for_a_picture_sees_her_place(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    async with studio:
        await begun(studio, discord)
        await discord.member("Ben").slash(lounge, "draw")
        waiting = await discord.member("Chiyo").slash(lounge, "draw")
        await waiting.until(lambda m: notice(m) == say("delivery.next_unknown"))
        await finished(studio)


async def test_steps_and_a_glimpse_are_shown_with_the_sign_of_the_ai(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        (preview,) = living.files
        assert preview.filename == "preview.jpg"
        assert preview.description == say("delivery.preview")
        assert "AI" in credit(living)
        assert living.labels == ["Cancel"]
        await finished(studio)


async def test_a_clearer_glimpse_takes_the_place_of_the_one_before(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord, after=1)
        await living.until(lambda m: bool(m.files))
        blurred = living.files[0].content
        studio.engine.hold(after=3)
        studio.engine.release(1)
        await living.until(lambda m: bool(m.files) and m.files[0].content != blurred)
        assert len(living.files) == 1
        await finished(studio)


async def test_a_glimpse_that_not_everybody_should_see_is_behind_a_spoiler(studio: Studio, discord: Sandbox) -> None:
    studio.easel.glimpse_of = lambda preview: Glimpse(preview.jpeg, is_spoiler=True)
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: names(m) == ["SPOILER_preview.jpg"])
        await finished(studio)


async def test_a_glimpse_that_is_withheld_leaves_the_steps(studio: Studio, discord: Sandbox) -> None:
    studio.easel.glimpse_of = lambda preview: None
    async with studio:
        assert not (await begun(studio, discord, after=3)).files
        await finished(studio)


async def test_the_finished_pictures_take_the_place_of_the_glimpse(studio: Studio, discord: Sandbox) -> None:
    studio.easel.seeds = (1, 2, 3, 4)
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        await finished(studio)
        assert [message.id for message in discord.channel("lounge").messages] == [living.id]
        assert names(living) == [f"boat-{seed}.png" for seed in (1, 2, 3, 4)]
        assert [file.content for file in living.files] == [f"picture {seed}".encode() for seed in (1, 2, 3, 4)]
        assert [file.description for file in living.files] == [f"A boat, the {seed}th" for seed in (1, 2, 3, 4)]
        assert (living.content, credit(living), living.labels) == ("A boat", CREDIT, ["Again"])


@pytest.mark.parametrize("error", [NotFinite("nan"), OutOfMemory("cuda", fits=(512, 512))], ids=["nan", "memory"])
async def test_a_picture_that_fails_leaves_a_sentence_and_no_glimpse(
    studio: Studio, discord: Sandbox, error: Exception
) -> None:
    studio.engine.enqueue_picture(error)
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        await finished(studio)
        assert living.content == (await studio.store.get(1)).failure  # type: ignore[union-attr]
        assert (living.files, living.embeds, living.labels) == ([], [], [])


async def test_a_picture_that_is_cancelled_leaves_no_glimpse(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        await discord.member("Ada").press(living, "Cancel")
        await living.until(lambda m: m.content == say("delivery.cancelled"))
        assert not living.files
        studio.engine.release()


async def test_a_file_that_is_too_large_is_a_sentence_beside_what_can_be_said(studio: Studio, discord: Sandbox) -> None:
    studio.easel.content_of = lambda seed: TOO_LARGE
    async with studio:
        living = await begun(studio, discord)
        await finished(studio)
        assert living.content == f"A boat\n\n{say('delivery.too_large')}"
        assert (living.files, credit(living), living.labels) == ([], CREDIT, ["Again"])
        assert not discord.member("Ada").direct().messages


async def test_files_too_large_for_one_request_are_a_sentence_as_well(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord)
        discord.faults.refuse("PATCH", "/webhooks", status=413, times=1)
        await finished(studio)
        assert say("delivery.too_large") in living.content


async def test_an_upload_that_fails_for_a_moment_is_tried_again(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        await begun(studio, discord)
        discord.clock.advance(minutes=16)  # so that discord.py does not try again by itself
        discord.faults.refuse("POST", "/channels", status=503, times=2)
        await finished(studio)
        assert studio.pauses.taken == [2.0, 4.0]
        assert [names(message) for message in discord.channel("lounge").messages] == [["boat-7.png"]]


async def test_an_upload_whose_answer_is_lost_is_made_good_in_its_place(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        discord.faults.lose_answer("PATCH", "/webhooks")
        await finished(studio)
        assert [names(message) for message in discord.channel("lounge").messages] == [["boat-7.png"]]
        assert names(living) == ["boat-7.png"]


async def test_an_upload_that_is_cut_midway_is_made_good(studio: Studio, discord: Sandbox) -> None:
    async with studio:
        living = await begun(studio, discord)
        await living.until(lambda m: bool(m.files))
        discord.faults.cut("PATCH", "/webhooks", times=2)
        await finished(studio)
        assert [names(message) for message in discord.channel("lounge").messages] == [["boat-7.png"]]
        assert studio.pauses.taken[0] == 2.0


@pytest.mark.parametrize("is_large", [False, True])
async def test_after_fifteen_minutes_the_picture_comes_in_a_message_that_calls_whoever_asked(
    studio: Studio, discord: Sandbox, is_large: bool
) -> None:
    if is_large:
        studio.easel.content_of = lambda seed: TOO_LARGE
    async with studio:
        living = await begun(studio, discord)
        discord.clock.advance(minutes=16)
        await finished(studio)
        (final,) = discord.channel("lounge").messages
        assert living.deleted
        assert final.mentions == [discord.member("Ada")]
        text = f"A boat\n\n{say('delivery.too_large')}" if is_large else "A boat"
        assert visible_text([final.content]) == text
        assert names(final) == ([] if is_large else ["boat-7.png"])


async def test_where_the_channel_was_closed_the_picture_goes_home(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    async with studio:
        await begun(studio, discord)
        discord.clock.advance(minutes=16)
        discord.faults.forbid(lounge, see=False)
        await finished(studio)
        _, home = ada.direct().messages
        assert names(home) == ["boat-7.png"]


async def test_behind_a_spoiler_it_does_not_leave_the_server(studio: Studio, discord: Sandbox) -> None:
    ada, lounge = discord.member("Ada"), discord.channel("lounge")
    studio.easel.is_spoiler = True
    async with studio:
        await begun(studio, discord)
        discord.clock.advance(minutes=16)
        discord.faults.forbid(lounge, see=False)
        await finished(studio)
        _, home = ada.direct().messages
        assert (names(home), say("delivery.not_in_private") in home.content) == ([], True)


async def test_a_file_that_cannot_be_read_for_a_moment_is_waited_for(studio: Studio, discord: Sandbox) -> None:
    failures = iter([Unavailable("pictures.folder_closed"), NotStored("database.busy")])

    def content_of(seed: int) -> bytes:
        if failure := next(failures, None):
            raise failure
        return b"a boat"

    studio.easel.content_of = content_of
    async with studio:
        living = await begun(studio, discord)
        await finished(studio)
        assert (names(living), living.content) == (["boat-7.png"], "A boat")
        assert studio.pauses.taken == [2.0, 4.0]


async def test_a_scene_is_written_then_waits_and_is_drawn_in_one_message(studio: Studio, discord: Sandbox) -> None:
    lounge = discord.channel("lounge")
    studio.engine.enqueue(["A boat", " at night"])
    studio.engine.hold(after=1)
    async with studio:
        living = await discord.member("Ada").slash(lounge, "illustrate")
        await living.until(lambda m: "A boat" in m.content)
        assert living.content.startswith("Ada wants to see the scene\n")
        studio.engine.release(1)
        await living.until(lambda m: "step 1 of 4" in notice(m))
        assert living.content == "To be seen: A boat at night"
        await finished(studio)
        assert [message.id for message in lounge.messages] == [living.id]
        assert (living.content, names(living)) == ("To be seen: A boat at night\nA boat", ["boat-7.png"])


async def test_a_scene_that_is_being_drawn_when_the_bot_goes_is_drawn_when_it_is_back(
    studio: Studio, discord: Sandbox
) -> None:
    studio.engine.enqueue(["A boat at night"])
    studio.engine.hold(after=2)
    async with studio:
        living = await discord.member("Ada").slash(discord.channel("lounge"), "illustrate")
        await living.until(lambda m: "step 2 of 4" in notice(m))
    async with studio:
        await finished(studio)
        assert len(studio.engine.texts) == 1
        assert (living.content, names(living)) == ("To be seen: A boat at night\nA boat", ["boat-7.png"])
