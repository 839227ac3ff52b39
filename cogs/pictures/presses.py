"""What the buttons under pictures do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.fields import sent
from bot.pictures.rules import AVOID_MAX, PROMPT_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.forms import Field, Form
from cogs.pictures.captions import details
from cogs.pictures.drafts import in_hand
from cogs.pictures.files import file_of
from cogs.pictures.part import Part
from cogs.spots import spot_of
from cogs.texts import giving_back


class Presses(Part):
    """The buttons under pictures; each knows its works by their ids."""

    @pressed("picture_again")
    async def again_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Draw what was asked for once more, from another seed."""
        spot = await spot_of(interaction)
        await self.pictures.again(member_of(interaction), spot, work_id)

    @pressed("picture_vary")
    async def vary_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Draw a picture much like this one."""
        spot = await spot_of(interaction)
        await self.pictures.vary(member_of(interaction), spot, work_id)

    @pressed("picture_larger")
    async def larger_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Draw the picture larger."""
        spot = await spot_of(interaction)
        await self.pictures.larger(member_of(interaction), spot, work_id)

    @pressed("picture_prompt")
    async def prompt_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Show the words it was drawn from, to be changed, then draw from them."""
        card = await self.pictures.pipeline_for(channel_of(interaction))
        work = await self.pictures.work(member_of(interaction), work_id)
        fields = [Field(say("picture.form_prompt_label"), "prompt", work.prompt, PROMPT_MAX)]
        if card.takes_avoid:
            fields.append(Field(say("picture.form_avoid_label"), "avoid", work.avoid, AVOID_MAX, required=False))
        submitted = partial(self._redraw, work_id)
        await interaction.response.send_modal(Form(say("picture.form_prompt"), fields, submitted))

    @pressed("picture_details")
    async def details_pressed(self, interaction: discord.Interaction, *work_ids: int) -> None:
        """Tell the member alone how the pictures were made."""
        await acknowledge(interaction, ephemeral=True)
        works = await self.each(work_ids, partial(self.pictures.work, member_of(interaction)))
        await interaction.followup.send(embed=details(works), ephemeral=True)

    @pressed("picture_one")
    async def one_taken_up(self, interaction: discord.Interaction, work_id: int) -> None:
        """Show the member one of several pictures with all that can follow it."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        work = await self.pictures.work(member, work_id)
        content = await self.pictures.content_in(channel_of(interaction), work)
        files = [file_of(work, content)] if content else []
        page = in_hand(work, files, self.engine.image_card, is_own=work.member_id == member.id)
        await interaction.followup.send(**sent(page, None), ephemeral=True)

    async def _redraw(self, work_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        spot = await spot_of(interaction)
        async with giving_back(interaction, values["prompt"]) as unsaved:
            avoid = values.get("avoid", "")
            await self.pictures.redraw(member_of(interaction), spot, work_id, values["prompt"], avoid)
            unsaved.clear()
