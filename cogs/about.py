"""`/about`: who writes here, what is stored, and where to ask."""

from __future__ import annotations

import discord
from discord.app_commands import guild_only
from discord.ext import commands

from bot.delivery.context import acknowledge
from bot.words import say
from cogs.commands import command
from cogs.shown import COLOUR
from models.engine import Engine


class About(commands.Cog):
    """Tell members what they are talking to."""

    def __init__(self, *, engine: Engine) -> None:
        self.engine = engine

    @command()
    @guild_only()
    async def about(self, interaction: discord.Interaction) -> None:
        """Say that an AI writes here, which one, and what is kept."""
        await acknowledge(interaction, ephemeral=True)
        card = self.engine.card
        embed = discord.Embed(title=say("about.title"), description=say("about.what"), colour=COLOUR)
        model = say("about.model", name=card.name, licence=card.licence, precision=card.precision, device=card.device)
        embed.add_field(name=say("about.model_title"), value=model, inline=False)
        embed.add_field(name=say("about.stored_title"), value=say("about.stored"), inline=False)
        embed.add_field(name=say("about.ask_title"), value=say("about.ask"), inline=False)
        await interaction.followup.send(embed=embed, ephemeral=True)
