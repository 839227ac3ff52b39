"""`/crit give`: writing a critique, telling the author, reading it and saying that it helped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.delivery.context import acknowledge, member_of
from bot.delivery.faults import Fault, fault_of
from bot.readers.draft import Taking
from bot.words import say
from cogs.buttons import pressed
from cogs.commands import command
from cogs.crit.captions import words
from cogs.crit.controls import told_button
from cogs.crit.pages import critique_page
from cogs.crit.part import Part
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.texts import document_of, giving_back

log = structlog.get_logger(__name__)


class Giving(Part):
    """Critiques from their writing to their reading."""

    @command("crit")
    async def give(self, interaction: discord.Interaction, file: discord.Attachment | None = None) -> None:
        """Write about the draft that one is reading."""
        if file is None:
            await self._ask_for_critique(interaction, await self.readers.held(member_of(interaction)))
            return
        await acknowledge(interaction, ephemeral=True)
        held = await self.readers.held(member_of(interaction))
        await self._give(interaction, held.id, await document_of(file))

    @pressed("crit_write")
    async def write_pressed(self, interaction: discord.Interaction, taking_id: int) -> None:
        """Open the form for a critique, while the draft is still the member's to read."""
        await self._ask_for_critique(interaction, await self.readers.held(member_of(interaction), taking_id))

    @pressed("crit_read")
    async def read_pressed(self, interaction: discord.Interaction, taking_id: int) -> None:
        """Show a critique to whoever may read it, and nobody else."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        taking = await self.readers.critique(member, taking_id)
        await interaction.followup.send(**critique_page(taking, member.id), ephemeral=True)

    @pressed("crit_thank")
    async def thank_pressed(self, interaction: discord.Interaction, taking_id: int) -> None:
        """Mark a critique as helpful."""
        await interaction.response.defer()
        taking = await self.readers.thank(member_of(interaction), taking_id)
        await interaction.edit_original_response(view=None)
        await interaction.followup.send(say("crit.thanked", name=plain(taking.reader_name)), ephemeral=True)

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Tell authors what they could not be told before Salon stopped."""
        await self._tell_authors()

    async def _ask_for_critique(self, interaction: discord.Interaction, held: Taking) -> None:
        prices = await self.readers.credits.prices(held.draft.server_id)
        field = Field(say("crit.form_critique", words=words(prices.words)))
        form = Form(say("crit.form_give"), [field], partial(self._critique_written, held.id))
        await interaction.response.send_modal(form)

    async def _critique_written(
        self, taking_id: int, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        await acknowledge(interaction, ephemeral=True)
        await self._give(interaction, taking_id, values["text"])

    async def _give(self, interaction: discord.Interaction, taking_id: int, text: str) -> None:
        """Keep a critique, thank its writer and tell its author."""
        member = member_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            taking = await self.readers.give(member, text, taking_id)
            unsaved.clear()
            balance = await self.readers.credits.balance(member.server_id, member.id)
            key = "crit.given" if taking.draft.author_id else "crit.given_to_nobody"
            said = say(key, title=plain(taking.draft.title), words=words(taking.words), balance=balance)
            await interaction.followup.send(said, ephemeral=True)
            await self._tell_authors()

    async def _tell_authors(self) -> None:
        """Tell of every critique that was not told of yet, each once."""
        async with self.telling:
            for taking in await self.readers.untold():
                if await self._is_told(taking):
                    await self.readers.mark_told(taking)

    async def _is_told(self, taking: Taking) -> bool:
        """Call the author to a critique where they offered the draft; say whether there is no more to be done."""
        draft = taking.draft
        author = discord.Object(draft.author_id or 0)
        told = {"author": f"<@{author.id}>", "title": plain(draft.title), "name": plain(taking.reader_name)}
        said = say("crit.told_public" if draft.is_public else "crit.told", words=words(taking.words), **told)
        called = discord.AllowedMentions(everyone=False, roles=False, users=[author])
        try:
            channel = self.client.get_partial_messageable(draft.channel_id, guild_id=draft.server_id)
            await channel.send(said, view=told_button(taking), allowed_mentions=called)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unheard:
            fault = fault_of(unheard)
            log.warning("! author not told", taking=taking.id, server=draft.server_id, fault=fault.name)
            return fault is not Fault.TEMPORARY
        return True
