"""What the buttons under directions do."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.pictures.picture import Wish
from bot.pictures.rules import PROMPT_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.forms import Field, Form
from cogs.inspire.part import Part
from cogs.shown import add_field
from cogs.spots import spot_of
from cogs.stories.cards import story_card
from cogs.stories.controls import story_buttons
from cogs.texts import giving_back


class Presses(Part):
    """The buttons under directions."""

    @pressed("inspire_story")
    async def story_pressed(self, interaction: discord.Interaction, job_id: int, number: int) -> None:
        """Begin a story from a direction, and show it with what its AI minds."""
        await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        before = await self.stories.current(channel)
        story = await self.inspirations.start_story(member, channel, job_id, number)
        card = story_card(story, member.name, ai_speaks=True, before=before)
        add_field(card, say("story.info_note"), story.note)
        await interaction.followup.send(embed=card, view=story_buttons(story.id, ai_speaks=True))

    @pressed("inspire_draw")
    async def draw_pressed(self, interaction: discord.Interaction, job_id: int, number: int) -> None:
        """Show what one would see of a direction as the words for a picture, to be changed, then draw from them."""
        await self.pictures.pipeline_for(channel_of(interaction))
        direction = await self.inspirations.direction(member_of(interaction), channel_of(interaction), job_id, number)
        field = Field(say("picture.form_prompt_label"), "prompt", direction.image, PROMPT_MAX)
        await interaction.response.send_modal(Form(say("inspire.form_draw"), [field], self._draw))

    @pressed("inspire_another")
    async def another_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Look at the same source through other lenses."""
        spot = await spot_of(interaction)
        await self.inspirations.another(member_of(interaction), spot, job_id)

    async def _draw(self, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        spot = await spot_of(interaction)
        async with giving_back(interaction, values["prompt"]) as unsaved:
            await self.pictures.imagine(member_of(interaction), spot, Wish(values["prompt"]))
            unsaved.clear()
