"""`/crit mine`: a member's own drafts, critiques and credits."""

from __future__ import annotations

import discord

from bot.delivery.context import acknowledge, member_of
from cogs.commands import command
from cogs.crit.pages import desk_page
from cogs.crit.part import Part


class Own(Part):
    """All that is a member's own."""

    @command("crit")
    async def mine(self, interaction: discord.Interaction) -> None:
        """Show it to the member alone."""
        await acknowledge(interaction, ephemeral=True)
        desk = await self.readers.desk(member_of(interaction))
        await interaction.followup.send(**desk_page(desk), ephemeral=True)
