"""What all parts of `/crit` share: the service, the client that speaks in other channels, and the drafts on offer."""

from __future__ import annotations

import asyncio

import discord
from discord.app_commands import Choice
from discord.ext import commands

from bot.delivery.context import channel_of, member_of
from bot.readers.service import ReaderService
from cogs.choices import MOST_CHOICES, shortened, value_of
from cogs.crit.captions import choice_of

_NAME_CHARACTERS = 100


class Part(commands.Cog):
    """A part of the `/crit` group."""

    def __init__(self, *, readers: ReaderService, client: discord.Client) -> None:
        self.readers = readers
        self.client = client
        self.telling = asyncio.Lock()

    async def suggest_drafts(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the drafts that wait, but not one's own."""
        line, reader_id = await self.readers.line(channel_of(interaction)), member_of(interaction).id
        names = [(choice_of(draft), draft.id) for draft in line if draft.author_id != reader_id]
        found = [(name, id) for name, id in names if typed.casefold() in name.casefold()]
        return [Choice(name=shortened(name, _NAME_CHARACTERS), value=value_of(id)) for name, id in found[:MOST_CHOICES]]
