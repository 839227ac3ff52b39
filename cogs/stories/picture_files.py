"""The pictures beside passages as files of a message."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.delivery.draft import DraftFile
from bot.delivery.fields import file_of
from bot.illustrations.picture import StoryPicture
from bot.illustrations.service import IllustrationService
from bot.illustrations.showing import file_format
from bot.pictures.drawing import MESSAGE_MAX_BYTES


async def picture_files(
    illustrations: IllustrationService, pictures: Iterable[StoryPicture], most_bytes: int
) -> list[discord.File]:
    """Return the files of those pictures that are there and fit: each into `most_bytes`, all into one message."""
    files, room = [], MESSAGE_MAX_BYTES
    for picture in pictures:
        content = await illustrations.content(picture)
        if content and len(content) <= min(most_bytes, room):
            room -= len(content)
            files.append(_file(picture, content))
    return files


def _file(picture: StoryPicture, content: bytes) -> discord.File:
    """Name a work's file as its own message does, so that commands on messages know it."""
    name = f"picture-{picture.work_id}" if picture.by_ai else f"brought-{picture.id}"
    return file_of(DraftFile(f"{name}.{file_format(content)}", content, picture.alt, picture.is_spoiler))
