"""`/critique mine`: the critiques that a member has, for her alone."""

from __future__ import annotations

import discord
from discord.utils import format_dt

from bot.critique.critique import Critique
from bot.delivery.context import acknowledge, member_of
from bot.words import say
from cogs.commands import command
from cogs.critique.controls import shelf_controls
from cogs.critique.part import Part, beginning_of, mode_name
from cogs.shown import COLOUR, fitted, plain


class Keeping(Part):
    """Critiques that are kept."""

    @command("critique")
    async def mine(self, interaction: discord.Interaction) -> None:
        """List a member's critiques, and show one again."""
        await acknowledge(interaction, ephemeral=True)
        critiques = await self.critiques.mine(member_of(interaction))
        if not critiques:
            await interaction.followup.send(say("critique.mine_none"), ephemeral=True)
            return
        listed = fitted(_line(critique) for critique in critiques)
        embed = discord.Embed(title=say("critique.mine_title"), description=listed, colour=COLOUR)
        await interaction.followup.send(embed=embed, view=shelf_controls(critiques), ephemeral=True)


def _line(critique: Critique) -> str:
    when, mode = format_dt(critique.made_at, "R"), mode_name(critique.wish.mode)
    return say("critique.mine_line", when=when, mode=mode, begins=plain(beginning_of(critique)))
