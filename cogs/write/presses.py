"""What the buttons under pieces and polished texts do."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.pictures.picture import Wish
from bot.pictures.rules import PROMPT_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.spots import spot_of
from cogs.stories.show import draft_of, edited_draft, send_draft
from cogs.texts import giving_back, text_file
from cogs.write.captions import details
from cogs.write.part import Part


class Presses(Part):
    """The buttons under pieces; each knows its job by its id."""

    @pressed("write_again")
    async def again_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Have the same written once more, from another seed."""
        reply = await acknowledge(interaction)
        await self.forms.again(member_of(interaction), channel_of(interaction), reply, job_id)

    @pressed("write_story")
    async def story_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Put the piece into the channel's story and show it there, with the story's buttons."""
        await acknowledge(interaction)
        passage = await self.forms.into_story(member_of(interaction), channel_of(interaction), job_id)
        await send_draft(interaction.followup.send, draft_of(passage))

    @pressed("write_draw")
    async def draw_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Show the piece as the words for a picture, to be changed, then draw from them."""
        await self.pictures.pipeline_for(channel_of(interaction))
        _, piece = await self.forms.piece(member_of(interaction), channel_of(interaction), job_id)
        words = " ".join(piece.text.split())[:PROMPT_MAX]
        field = Field(say("picture.form_prompt_label"), "prompt", words, PROMPT_MAX)
        await interaction.response.send_modal(Form(say("write.form_draw"), [field], self._draw))

    @pressed("write_details")
    async def details_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Tell the member alone how the piece was made."""
        await acknowledge(interaction, ephemeral=True)
        ask, piece = await self.forms.piece(member_of(interaction), channel_of(interaction), job_id)
        await interaction.followup.send(embed=details(ask, piece), ephemeral=True)

    @pressed("write_take")
    async def take_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Reword the passage as offered, and show it."""
        await acknowledge(interaction)
        member = member_of(interaction)
        passage = await self.forms.take_over(member, channel_of(interaction), job_id)
        await send_draft(interaction.followup.send, edited_draft(passage, plain(member.name), ai_speaks=True))

    @pressed("write_whole")
    async def whole_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Give the member alone the whole text with all changes in it."""
        await acknowledge(interaction, ephemeral=True)
        polished = await self.forms.polished(member_of(interaction), channel_of(interaction), job_id)
        file = text_file("polished.txt", polished.whole)
        await interaction.followup.send(say("write.whole"), file=file, ephemeral=True)

    async def _draw(self, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        spot = await spot_of(interaction)
        async with giving_back(interaction, values["prompt"]) as unsaved:
            await self.pictures.imagine(member_of(interaction), spot, Wish(values["prompt"]))
            unsaved.clear()
