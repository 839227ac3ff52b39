"""Where a story's words go in the channel: a thread of their own, or the AI's below a member's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import discord
from discord.app_commands import BotMissingPermissions

from bot.delivery.context import channel_of
from bot.delivery.draft import Draft, Page, final_pages
from bot.delivery.fields import edited, sent
from bot.errors import BadInput
from bot.jobs.job import ReplyPlace
from bot.people import Channel
from bot.safety import clean_line, tidy
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


@asynccontextmanager
async def room_below(interaction: discord.Interaction, reply: ReplyPlace, text: str) -> AsyncIterator[ReplyPlace]:
    """Show a member's words as not kept yet, and room for the AI below; both go if the words cannot be kept."""
    name = interaction.user.display_name
    pages = final_pages(Draft(tidy(text), say("story.credit_unkept", name=name)))
    messages = [await _send(interaction, page) for page in [*pages, Page(notice=say("story.room"))]]
    try:
        yield replace(reply, message_id=messages[-1].id)
    except BaseException:
        for message in messages[1:]:
            with suppress(discord.HTTPException):
                await message.delete()
        raise
    await messages[-2].edit(**edited(replace(pages[-1], credit=say("story.credit", name=name))))


async def _send(interaction: discord.Interaction, page: Page) -> discord.WebhookMessage:
    message: discord.WebhookMessage = await interaction.followup.send(**sent(page, None), wait=True)
    return message
