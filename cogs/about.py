"""`/about`: who writes here, what is stored, and where to ask."""

from __future__ import annotations

import discord
from discord.app_commands import guild_only
from discord.ext import commands

from bot.delivery.context import acknowledge
from bot.words import say
from cogs.commands import command
from cogs.shown import COLOUR
from models.engine import Engine, ImageCard, ModelCard


class About(commands.Cog):
    """Tell members what they are talking to."""

    def __init__(self, *, engine: Engine) -> None:
        self.engine = engine

    @command()
    @guild_only()
    async def about(self, interaction: discord.Interaction) -> None:
        """Say that an AI writes here, which one, and what is kept."""
        await acknowledge(interaction, ephemeral=True)
        embed = discord.Embed(title=say("about.title"), description=say("about.what"), colour=COLOUR)
        image, sight = self.engine.image_card, self.engine.sight_card
        embed.add_field(name=say("about.model_title"), value=_told("about.model", self.engine.card), inline=False)
        drawing = _told("about.pictures", image) if image else say("about.pictures_none")
        embed.add_field(name=say("about.pictures_title"), value=drawing, inline=False)
        if sight:
            embed.add_field(name=say("about.sight_title"), value=_told("about.pictures", sight), inline=False)
        embed.add_field(name=say("about.stored_title"), value=say("about.stored"), inline=False)
        embed.add_field(name=say("about.ask_title"), value=say("about.ask"), inline=False)
        await interaction.followup.send(embed=embed, ephemeral=True)


def _told(key: str, card: ModelCard | ImageCard) -> str:
    return say(key, name=card.name, licence=card.licence, precision=card.precision, device=card.device)
