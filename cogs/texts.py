"""What members write on its way in: read from a file, and given back when it could not be kept."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.delivery.failures import explain
from bot.errors import BadInput, Forbidden
from bot.safety import check_file_size, decode_text_file
from bot.safety.documents import check_document_size, read_document
from bot.stories.story import ExportFile
from cogs.uploads import fetched


async def content_of(attachment: discord.Attachment) -> bytes:
    """Fetch a .txt file; raise `BadInput` for one of another name or too large to be fetched."""
    if not attachment.filename.lower().endswith(".txt"):
        raise BadInput("texts.not_txt")
    check_file_size(attachment.size)
    return await fetched(attachment)


async def text_of(attachment: discord.Attachment) -> str:
    """Read a .txt file; raise `BadInput` for anything else."""
    return decode_text_file(await content_of(attachment))


async def document_of(attachment: discord.Attachment) -> str:
    """Read a draft from a .txt, .md or .docx file; raise `BadInput` for anything else."""
    check_document_size(attachment.size)
    return await asyncio.to_thread(read_document, attachment.filename, await fetched(attachment))


@asynccontextmanager
async def giving_back(interaction: discord.Interaction, text: str) -> AsyncIterator[list[str]]:
    """Explain what fails inside, and give the writer back what is still in the list: clear it once it is stored.

    Words that are refused themselves are not given back.
    """
    unsaved = [text]
    try:
        yield unsaved
    except Exception as error:
        is_kept = not unsaved or isinstance(error, Forbidden)
        await explain(interaction, error, "" if is_kept else text)


def text_file(name: str, text: str) -> discord.File:
    """Make a file of some text."""
    return discord.File(io.BytesIO(text.encode()), name)


def sent_file(file: ExportFile) -> discord.File:
    """Make a file to send."""
    return discord.File(io.BytesIO(file.content), file.name)
