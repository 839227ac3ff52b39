"""Where a picture is asked for and answered, read from an interaction."""

from __future__ import annotations

import discord

from bot.delivery.context import acknowledge, channel_of
from bot.pictures.picture import Spot


async def spot_of(interaction: discord.Interaction) -> Spot:
    """Acknowledge, and return where a picture is asked for and answered."""
    reply = await acknowledge(interaction)
    return Spot(channel_of(interaction), reply, interaction.filesize_limit)
