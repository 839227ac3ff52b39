"""`/verify` and the command on messages: whether a picture was made here, and who is told how."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image

from models.events import DrawnPicture
from sandbox.handles import Message
from tests.bot.provenance.pictures import blobs, encoded
from tests.scenarios.conftest import Evening
from tests.scenarios.test_picture_night import drawn
from tests.scripted import ScriptedEngine


def told(answer: Message) -> str:
    """Return all that an answer says."""
    assert answer.ephemeral
    return json.dumps(answer.embeds, ensure_ascii=False)


async def test_a_picture_made_here_is_told_with_its_request(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    work = await drawn(evening, seed=7)
    answer = await ben.slash(evening.lounge, "verify", picture=("saved.png", work.files[0].content))
    said = told(answer)
    for fact in ("the very file", "a red boat", f"<@{ada.id}>", f"<#{evening.lounge.id}>", "7", "scripted pictures"):
        assert fact in said
    assert answer.record.mention_ids == []


async def test_the_command_on_a_message_looks_at_each_of_its_pictures(evening: Evening) -> None:
    ben = evening.person("Ben")
    work = await drawn(evening, count=2, seed=7)
    message = await ben.say(
        evening.lounge, "which?", files=[("one.png", work.files[1].content), ("two.png", encoded(blobs(1)))]
    )
    first = await ben.use_on(message, "Verify picture")
    second = await ben.next_message(evening.lounge, lambda note: "two.png" in json.dumps(note.embeds))
    assert "one.png" in told(first)
    assert "the very file" in told(first)
    assert "proves nothing" in told(second)


async def test_a_message_without_a_picture_has_nothing_to_look_at(evening: Evening) -> None:
    ben = evening.person("Ben")
    message = await ben.say(evening.lounge, "just words", files=[("notes.txt", b"words")])
    answer = await ben.use_on(message, "Verify picture")
    assert answer.ephemeral
    assert "no picture in that message" in answer.content


async def test_a_file_that_discord_gives_out_no_longer_is_said_to_be_gone(evening: Evening) -> None:
    ben = evening.person("Ben")
    message = await ben.say(evening.lounge, "look", files=[("one.png", encoded(blobs(1)))])
    evening.discord.core.files._memory.clear()
    answer = await ben.use_on(message, "Verify picture")
    assert "no longer gives out" in told(answer)


async def test_a_picture_saved_anew_is_known_by_its_looks(evening: Evening, engine: ScriptedEngine) -> None:
    boat = blobs(1, side_px=64)
    engine.enqueue_picture([DrawnPicture(boat.width, boat.height, boat.tobytes(), seed=7)])
    work = await drawn(evening, seed=7)
    with Image.open(BytesIO(work.files[0].content)) as picture:
        saved = encoded(picture.convert("RGB").resize((200, 200)), "JPEG", quality=60)
    answer = await evening.person("Ben").slash(evening.lounge, "verify", picture=("saved.jpg", saved))
    assert "looks the same" in told(answer)
    assert "a red boat" in told(answer)


async def test_members_of_another_server_are_told_no_more_than_that_it_was_made(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    work = await drawn(evening)
    library = evening.discord.channel("library", server="Quiet Room")
    answer = await ben.slash(library, "verify", picture=("saved.png", work.files[0].content))
    said = told(answer)
    assert "made in another server" in said
    assert "a red boat" not in said
    assert str(ada.id) not in said


async def test_a_deleted_picture_is_still_known_by_its_signature(evening: Evening) -> None:
    ada = evening.person("Ada")
    work = await drawn(evening)
    content = work.files[0].content
    question = await ada.press(work, "Delete")
    await ada.press(question, "Delete")
    await question.until(lambda message: "gone" in message.content)
    answer = await ada.slash(evening.lounge, "verify", picture=("saved.png", content))
    assert "nothing has changed" in told(answer)
    assert "not kept any more" in told(answer)
    assert "a red boat" not in told(answer)


@pytest.mark.parametrize("content", [b"PK\x03\x04 a zip", b"<svg/>", encoded(blobs(1))[:300]])
async def test_what_is_no_picture_is_said_to_be_none(evening: Evening, content: bytes) -> None:
    answer = await evening.person("Ben").slash(evening.lounge, "verify", picture=("saved.png", content))
    assert "cannot be read as a picture" in told(answer)
