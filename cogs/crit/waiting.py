"""`/crit list` and `take`: the drafts that wait, and taking one to read."""

from __future__ import annotations

import discord
from discord.app_commands import Range, autocomplete

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import NotFound
from bot.readers.draft import Taking
from bot.words import say
from cogs.buttons import pressed
from cogs.choices import id_in
from cogs.commands import command
from cogs.crit.pages import draft_page, line_page
from cogs.crit.part import Part
from cogs.shown import plain


class Waiting(Part):
    """The line, and reading what stands in it."""

    @command("crit")
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the drafts that wait, those first that have waited longest."""
        await acknowledge(interaction, ephemeral=True)
        line = await self.readers.line(channel_of(interaction))
        await interaction.followup.send(**line_page(line, interaction.user.id, 0), ephemeral=True)

    @pressed("crit_page")
    async def page_pressed(self, interaction: discord.Interaction, page: int) -> None:
        """Turn to another page of the line as it is now."""
        await interaction.response.defer()
        line = await self.readers.line(channel_of(interaction))
        await interaction.edit_original_response(**line_page(line, interaction.user.id, page))

    @command("crit")
    @autocomplete(draft=Part.suggest_drafts)
    async def take(self, interaction: discord.Interaction, draft: Range[str, 1, 100] | None = None) -> None:
        """Take a draft to read: the named one, or the next in line."""
        draft_id = id_in(draft) if draft else None
        if draft and draft_id is None:
            raise NotFound("readers.does_not_wait")
        await self._take(interaction, draft_id)

    @pressed("crit_take")
    async def take_pressed(self, interaction: discord.Interaction, draft_id: int) -> None:
        """Take this draft, or show it again to who is reading it."""
        await self._take(interaction, draft_id)

    @pressed("crit_next")
    async def next_pressed(self, interaction: discord.Interaction) -> None:
        """Take the next draft in line."""
        await self._take(interaction, None)

    @pressed("crit_release")
    async def release_pressed(self, interaction: discord.Interaction, taking_id: int) -> None:
        """Put a draft back."""
        await acknowledge(interaction, ephemeral=True)
        released = await self.readers.release(member_of(interaction), taking_id)
        await interaction.followup.send(say("crit.released", title=plain(released.draft.title)), ephemeral=True)

    async def _take(self, interaction: discord.Interaction, draft_id: int | None) -> None:
        await acknowledge(interaction, ephemeral=True)
        taking = await self.readers.take(member_of(interaction), channel_of(interaction), draft_id)
        await self._show(interaction, taking)

    async def _show(self, interaction: discord.Interaction, taking: Taking) -> None:
        """Give the reader alone the draft's text."""
        member = member_of(interaction)
        text = await self.readers.text(member, taking.draft)
        prices = await self.readers.credits.prices(member.server_id)
        await interaction.followup.send(**draft_page(taking, text, prices), ephemeral=True)
