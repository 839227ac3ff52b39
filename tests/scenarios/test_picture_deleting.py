"""Pictures that go: deleted by those who may, or lost behind Salon's back."""

from __future__ import annotations

import json

from tests.scenarios.conftest import Evening
from tests.scenarios.test_picture_night import drawn


async def test_only_its_maker_and_admins_delete_a_picture_and_they_are_asked_first(evening: Evening) -> None:
    ada, ben, chiyo = evening.person("Ada"), evening.person("Ben"), evening.person("千代 Chiyo")
    answer = await drawn(evening, "Ben", count=3)
    refused = await chiyo.press(answer, "Delete")
    assert "Only Ben and members with Manage Server" in refused.content
    hand = await ben.choose(answer, ["Picture 2"])
    question = await ben.press(hand, "Delete")
    assert question.ephemeral
    assert len(answer.files) == 3
    await ben.press(question, "Delete")
    await question.until(lambda message: message.content == "The picture is gone.")
    assert [file.filename for file in answer.files] == ["picture-1.png", "picture-3.png"]
    assert answer.labels == ["Again", "Edit prompt…", "Details", "Delete"]

    question = await ada.press(answer, "Delete")
    assert "these 2 pictures" in question.content
    await ada.press(question, "Delete")
    await question.until(lambda message: message.content == "2 pictures are gone.")
    assert (answer.files, answer.labels) == ([], [])
    assert "is deleted" in answer.content
    gone = await ben.press(hand, "Details")
    assert "not any more" in gone.content
    assert list((evening.salon.settings.works_dir).glob("*/*")) == []


async def test_a_deleted_message_does_not_keep_its_picture_from_being_deleted(evening: Evening) -> None:
    ada = evening.person("Ada")
    answer = await drawn(evening)
    question = await ada.press(answer, "Delete")
    evening.discord.faults.delete(answer)
    await ada.press(question, "Delete")
    await question.until(lambda message: message.content == "The picture is gone.")


async def test_a_message_that_could_not_be_reached_is_put_right_the_next_time(evening: Evening) -> None:
    ada = evening.person("Ada")
    answer = await drawn(evening, count=3)
    question = await ada.press(await ada.choose(answer, ["Picture 2"]), "Delete")
    evening.discord.faults.refuse("GET", f"/messages/{answer.id}", status=403, code=50001)
    await ada.press(question, "Delete")
    await question.until(lambda message: "may still show it" in message.content)
    assert len(answer.files) == 3
    assert "#2" not in json.dumps((await ada.press(answer, "Details")).embeds)

    question = await ada.press(await ada.choose(answer, ["Picture 1"]), "Delete")
    await ada.press(question, "Delete")
    await question.until(lambda message: message.content == "The picture is gone.")
    assert [file.filename for file in answer.files] == ["picture-3.png"]

    question = await ada.press(answer, "Delete")
    await ada.press(question, "Delete")
    await question.until(lambda message: message.content == "The picture is gone.")
    assert (answer.files, answer.labels) == ([], [])


async def test_a_file_that_was_lost_leaves_the_others_on_the_list(evening: Evening) -> None:
    ada = evening.person("Ada")
    await drawn(evening, count=2)
    lost, _ = evening.salon.settings.works_dir.glob("*/*")
    lost.unlink()
    mine = await ada.slash(evening.lounge, "picture mine")
    assert mine.embeds[0]["description"].count("a red boat") == 2
    assert mine.files[0].filename == "shelf.jpg"


async def test_what_was_drawn_for_a_forgotten_member_is_cleared_away_by_her_and_by_admins(evening: Evening) -> None:
    ada, ben, chiyo = evening.person("Ada"), evening.person("Ben"), evening.person("千代 Chiyo")
    first, second = await drawn(evening, "Ben"), await drawn(evening, "Ben")
    question = await ben.slash(evening.lounge, "privacy forget")
    await ben.press(question, "Forget me")
    await question.until(lambda message: "forgotten you" in message.content)

    refused = await chiyo.press(first, "Delete")
    assert "not any more" in refused.content
    assert len(first.files) == 1
    for person, message in ((ben, first), (ada, second)):
        told = await person.press(message, "Delete")
        assert told.content == "The picture is gone."
        assert (message.files, message.labels) == ([], [])
        assert "Ben" not in message.content
