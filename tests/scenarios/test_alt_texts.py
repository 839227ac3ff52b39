"""What a picture's maker has said of it is told where the picture was posted; nothing else of its message changes."""

from __future__ import annotations

import pytest

from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit
from tests.scenarios.test_picture_night import drawn
from tests.scripted import ScriptedEngine


async def described(evening: Evening, engine: ScriptedEngine, name: str, work: str, says: str) -> Message:
    """Have a work put into words, and return them."""
    engine.enqueue([says])
    words: Message = await evening.person(name).slash(evening.lounge, "picture describe", work=work)
    return await words.until(lambda message: says in message.content and "in the words of" in credit(message))


async def told(message: Message, *alts: str) -> None:
    """Wait until this is what a message tells of its files to those who cannot see them."""
    await message.until(lambda message: tuple(file.description for file in message.files) == alts)


async def test_what_the_maker_has_said_of_a_picture_is_told_in_its_message_and_the_rest_stays(
    evening: Evening, engine: ScriptedEngine
) -> None:
    answer = await drawn(evening, count=2, spoiler=True)
    before = [(file.filename, file.content) for file in answer.files], answer.content, credit(answer), answer.labels
    await told(answer, "a red boat", "a red boat")
    await described(evening, engine, "Ada", "#2", "A boat in the reeds.")
    await told(answer, "a red boat", "A boat in the reeds.")
    after = [(file.filename, file.content) for file in answer.files], answer.content, credit(answer), answer.labels
    assert after == before


async def test_what_another_says_of_a_picture_leaves_its_message_alone(
    evening: Evening, engine: ScriptedEngine
) -> None:
    answer = await drawn(evening)
    edits = len(answer.edits)
    await described(evening, engine, "Ben", "#1", "A tub.")
    await described(evening, engine, "Ada", "#1", "A boat.")
    await told(answer, "A boat.")
    assert len(answer.edits) == edits + 1


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_where_the_message_cannot_be_reached_the_words_are_kept_and_told_the_next_time(
    evening: Evening, engine: ScriptedEngine, method: str
) -> None:
    answer = await drawn(evening)
    evening.discord.faults.refuse(method, f"/messages/{answer.id}", status=403, code=50001)
    words = await described(evening, engine, "Ada", "#1", "A boat.")
    (row,) = await evening.salon.database.fetch_all("SELECT alt FROM works")
    assert row["alt"] == "A boat."
    await told(answer, "a red boat")
    await described(evening, engine, "Ada", "#1", "A boat in the reeds.")
    await told(answer, "A boat in the reeds.")
    assert words.content.endswith("A boat.")


async def test_a_message_that_is_gone_keeps_nobody_from_describing_its_picture(
    evening: Evening, engine: ScriptedEngine
) -> None:
    answer = await drawn(evening)
    evening.discord.faults.delete(answer)
    words = await described(evening, engine, "Ada", "#1", "A boat.")
    again = await drawn(evening, prompt="a barn")
    await described(evening, engine, "Ada", "#2", "A barn in the reeds.")
    await told(again, "A barn in the reeds.")
    assert words.content.endswith("A boat.")
