"""Files of pictures: their names tell which work each is, so that a message says what is on it."""

from __future__ import annotations

import re

import discord

from bot.delivery.draft import DraftFile
from bot.pictures.picture import Source, Upload, Work
from cogs.uploads import pictures_of, read_picture

_OWN = re.compile(r"(?:SPOILER_)?picture-(?P<id>\d{1,18})\.\w+")


def file_of(work: Work, content: bytes) -> DraftFile:
    """Return a work's file to send, covered where it was asked or judged to be."""
    return DraftFile(f"picture-{work.id}.{work.format}", content, work.alt, work.is_spoiler)


def work_id_of(filename: str) -> int | None:
    """Return the id of the work that a file of Salon's is; None for any other name."""
    named = _OWN.fullmatch(filename)
    return int(named["id"]) if named else None


def work_id_on(interaction: discord.Interaction, message: discord.Message, at: int) -> int | None:
    """Return the id of the work at a place (from 0) among a message's pictures; None where Salon did not post it."""
    bot, picture = interaction.client.user, pictures_of(message)[at]
    return work_id_of(picture.filename) if bot is not None and message.author.id == bot.id else None


async def source_on(interaction: discord.Interaction, message: discord.Message, at: int) -> Source:
    """Return the picture at a place (from 0) on a message: a work where Salon posted it, else the file."""
    work_id = work_id_on(interaction, message, at)
    if work_id is not None:
        return work_id
    picture = pictures_of(message)[at]
    return Upload(await read_picture(picture), picture.filename)
