"""`/critique picture` through Discord: the sheet at once for its asker alone, notes where a model sees, sharing."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.words import say
from sandbox import Sandbox
from sandbox.handles import Message
from tests.bot.picture_critique.easel import NOTES, SEEN
from tests.bot.pictures.atelier import a_photo
from tests.scenarios.conftest import Evening, salon_at
from tests.scripted import ScriptedEngine

SHARE = "Share in this channel"
PHOTO = ("photo.jpg", a_photo(300, 200).content)


def is_noted(message: Message) -> bool:
    return "Nothing draws the eye." in json.dumps(message.embeds)


def is_shared(message: Message) -> bool:
    return SHARE not in message.labels


def has_no_notes(message: Message) -> bool:
    return "No notes by an AI: " in message.content


async def test_a_picture_is_shown_measured_to_its_asker_and_shared_when_she_says_so(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    engine.sight_card = None
    sheet = await ada.slash(lounge, "critique picture", picture=PHOTO)
    assert sheet.ephemeral
    assert "300 × 200 px, 3:2." in sheet.content
    assert (await ada.next_message(lounge, has_no_notes)).ephemeral
    (file,) = sheet.files
    assert file.description.startswith("A sheet of four fields")
    assert Image.open(BytesIO(file.content)).format == "WEBP"
    assert lounge.messages == []
    await ada.press(sheet, SHARE)
    await sheet.until(is_shared)
    (shared,) = lounge.messages
    assert shared.content == f"**Ada** shares a look at a picture:\n{sheet.content}"
    assert [(one.content, one.description) for one in shared.files] == [(file.content, file.description)]


async def test_where_a_model_sees_its_notes_follow_and_stay_private(evening: Evening, engine: ScriptedEngine) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    engine.enqueue([SEEN])
    engine.enqueue([json.dumps(NOTES)])
    await ada.slash(lounge, "critique picture", picture=PHOTO, focus="The corner")
    notes = await ada.next_message(lounge, is_noted)
    assert notes.ephemeral
    told = notes.embeds[0]["description"]
    assert "**Balance** · lower left\nIt is empty.\n→ What could stand there?" in told
    assert lounge.messages == []
    await ada.slash(lounge, "settings channel", ai="human-only")
    refused = await ada.press(notes, SHARE)
    assert refused.ephemeral
    assert "belongs to people" in refused.content
    await ada.slash(lounge, "settings channel", ai="open")
    await ada.press(notes, SHARE)
    await notes.until(is_shared)
    assert is_noted(lounge.messages[-1])


async def test_who_wants_no_ai_gets_the_sheet_alone_and_people_only_channels_too(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    await ada.slash(lounge, "critique picture", picture=PHOTO, notes=False)
    await ada.slash(lounge, "settings channel", ai="human-only")
    await ada.slash(lounge, "critique picture", picture=PHOTO)
    assert "belongs to people" in (await ada.next_message(lounge, has_no_notes)).content
    refused = await ada.slash(lounge, "critique picture", picture=("photo.png", b"no picture"))
    assert refused.ephemeral
    assert "cannot be read as a picture" in refused.content
    assert engine.history == []


async def test_a_posted_picture_is_studied_and_its_button_works_after_a_restart(
    discord: Sandbox, tmp_path: Path
) -> None:
    lounge, ada, ben, engine = discord.channel("lounge"), discord.member("Ada"), discord.member("Ben"), ScriptedEngine()
    engine.sight_card = None
    async with salon_at(discord, tmp_path, engine):
        posted = await ada.say(lounge, files=[PHOTO])
        refused = await ben.use_on(posted, "Critique this picture")
        assert refused.content == say("picture_critique.not_yours", author="Ada")
        form = await ada.use_on(posted, "Critique this picture")
        sheet = await ada.submit(form, intent="Calm.")
        assert "300 × 200 px" in sheet.content
    async with salon_at(discord, tmp_path, engine):
        await ada.press(sheet, SHARE)
        await sheet.until(is_shared)
        assert discord.channel("lounge").messages[-1].files[0].content == sheet.files[0].content
