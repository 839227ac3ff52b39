"""`/picture imagine`, `edit` and `restyle`: asking for pictures."""

from __future__ import annotations

import discord
from discord.app_commands import Range, choices

from bot.delivery.context import member_of
from bot.pictures.ask import SEEDS
from bot.pictures.picture import Wish
from bot.pictures.rules import COUNT_MAX
from cogs.choices import choices_of
from cogs.pictures.part import Avoid, Part, Prompt, WorkOption, picture_command, upload_of
from cogs.spots import spot_of
from cogs.style_names import StyleOption
from cogs.texts import giving_back
from models.requests import Shape

Count = Range[int, 1, COUNT_MAX]
Seed = Range[int, 0, SEEDS - 1]
Strength = Range[float, 0.01, 1.0]  # of nothing anew there is nothing to draw


class Asking(Part):
    """Asking for pictures."""

    @picture_command
    @choices(shape=choices_of(Shape))
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: Prompt,
        style: StyleOption | None = None,
        avoid: Avoid = "",
        shape: str | None = None,
        count: Count = 1,
        seed: Seed | None = None,
        spoiler: bool = False,
    ) -> None:
        """Draw what a member describes."""
        spot = await spot_of(interaction)
        wish = Wish(prompt, style, avoid, Shape(shape) if shape else None, count, seed, spoiler)
        async with giving_back(interaction, prompt) as unsaved:
            await self.pictures.imagine(member_of(interaction), spot, wish)
            unsaved.clear()

    @picture_command
    async def edit(
        self,
        interaction: discord.Interaction,
        instruction: Prompt = "",
        picture: discord.Attachment | None = None,
        work: WorkOption | None = None,
        strength: Strength | None = None,
        spoiler: bool = False,
    ) -> None:
        """Change a picture."""
        spot = await spot_of(interaction)
        async with giving_back(interaction, instruction) as unsaved:
            source = await self.source(interaction, picture, work)
            await self.pictures.edit(member_of(interaction), spot, source, instruction, strength, spoiler)
            unsaved.clear()

    @picture_command
    async def restyle(
        self,
        interaction: discord.Interaction,
        style: StyleOption | None = None,
        like: discord.Attachment | None = None,
        picture: discord.Attachment | None = None,
        work: WorkOption | None = None,
        spoiler: bool = False,
    ) -> None:
        """Draw a picture again in another style."""
        spot = await spot_of(interaction)
        source = await self.source(interaction, picture, work)
        second = await upload_of(like) if like else None
        await self.pictures.restyle(member_of(interaction), spot, source, style, second, spoiler)
