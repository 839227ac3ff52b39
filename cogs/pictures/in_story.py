"""Pictures put into the channel's story, and taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.failures import answer_privately
from bot.illustrations.picture import Tied
from bot.pictures.picture import Source
from bot.pictures.rules import ALT_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.choices import shortened
from cogs.forms import Field, Form
from cogs.pictures.controls import untie_button
from cogs.pictures.files import source_on, work_id_on
from cogs.pictures.messages import picked, which
from cogs.pictures.part import Part
from cogs.shown import plain

_WORDS_CHARACTERS = 80


class InStory(Part):
    """Pictures beside the passage that the channel's story stands at."""

    @pressed("picture_story")
    async def story_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Put one of Salon's pictures into the story."""
        await acknowledge(interaction)
        await self._tie(interaction, work_id)

    async def use_in_story(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Put a picture of a message into the story; what can be seen on a member's own is asked."""
        asked = which(message)
        if work_id_on(interaction, message, 0) is None:
            asked.append(Field(say("picture.form_alt_label"), "alt", most=ALT_MAX, required=False))
        if asked:
            form = Form(say("picture.form_story"), asked, partial(self._use, message))
            await interaction.response.send_modal(form)
        else:
            await acknowledge(interaction)
            await self._tie(interaction, await source_on(interaction, message, 0))

    @pressed("picture_untie")
    async def untie_pressed(self, interaction: discord.Interaction, tie_id: int) -> None:
        """Take the picture out of the story, and say so where it was put in."""
        await interaction.response.defer()
        member = member_of(interaction)
        tied = await self.illustrations.untie(member, channel_of(interaction), tie_id)
        said = say("picture.untied", name=plain(member.name), title=plain(tied.story.title))
        await interaction.edit_original_response(content=said, view=None)

    async def _use(self, message: discord.Message, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        source = await source_on(interaction, message, picked(values))
        await self._tie(interaction, source, values.get("alt", ""))

    async def _tie(self, interaction: discord.Interaction, source: Source, alt: str = "") -> None:
        member = member_of(interaction)
        tied = await self.illustrations.tie(member, channel_of(interaction), source, alt)
        said, buttons = _in_words(tied, member.name), untie_button(tied.picture.id)
        if tied.is_new:
            await interaction.followup.send(said, view=buttons)
        else:
            await answer_privately(interaction, said, buttons)


def _in_words(tied: Tied, name: str) -> str:
    words = plain(shortened(" ".join(tied.passage.text.split()), _WORDS_CHARACTERS))
    if not tied.is_new:
        return say("picture.tied_already", words=words)
    return say("picture.tied", name=plain(name), title=plain(tied.story.title), words=words)
