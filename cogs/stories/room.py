"""A room of its own for a story: a thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import discord
from discord.app_commands import BotMissingPermissions

from bot.delivery.context import channel_of
from bot.errors import BadInput
from bot.people import Channel
from bot.safety import clean_line
from bot.words import say

_NAME_CHARACTERS = 100
_FOR_THREADS = ("create_public_threads", "send_messages_in_threads")


@asynccontextmanager
async def thread_for(interaction: discord.Interaction, title: str) -> AsyncIterator[tuple[discord.Thread, Channel]]:
    """Open a thread named after a story; it goes again if the story cannot begin."""
    parent = interaction.channel
    if not isinstance(parent, discord.TextChannel):
        raise BadInput("story.no_thread_here")
    missing = [name for name in _FOR_THREADS if not getattr(interaction.app_permissions, name)]
    if missing:
        raise BotMissingPermissions(missing)
    name = clean_line(title)[:_NAME_CHARACTERS] or say("story.untitled")
    thread = await parent.create_thread(name=name, type=discord.ChannelType.public_thread)
    try:
        yield thread, replace(channel_of(interaction), id=thread.id, parent_id=parent.id)
    except BaseException:
        with suppress(discord.HTTPException):
            await thread.delete()
        raise
