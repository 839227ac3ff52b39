"""`/picture describe`: a picture put into words."""

from __future__ import annotations

import discord
from discord.app_commands import choices

from bot.delivery.context import member_of
from bot.pictures.picture import Purpose
from cogs.choices import choices_of
from cogs.pictures.part import Part, WorkOption, picture_command
from cogs.spots import spot_of


class Describing(Part):
    """Pictures put into words."""

    @picture_command
    @choices(purpose=choices_of(Purpose))
    async def describe(
        self,
        interaction: discord.Interaction,
        picture: discord.Attachment | None = None,
        work: WorkOption | None = None,
        purpose: str = Purpose.ALT,
    ) -> None:
        """Put a picture into words."""
        spot = await spot_of(interaction)
        source = await self.source(interaction, picture, work)
        await self.pictures.describe(member_of(interaction), spot, source, Purpose(purpose))
