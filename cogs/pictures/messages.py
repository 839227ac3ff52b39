"""The commands on messages with pictures: describe one, change one, use one in the story."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.context import channel_of, member_of
from bot.pictures.picture import Purpose
from bot.pictures.rules import PROMPT_MAX
from bot.words import say
from cogs.commands import told
from cogs.forms import Field, Form, Pick
from cogs.pictures.files import source_on
from cogs.pictures.part import Part
from cogs.spots import spot_of
from cogs.texts import giving_back
from cogs.uploads import pictures_of


class OnMessages(Part):
    """What can be done with a picture that somebody posted."""

    async def describe_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask what the words are for, then put a picture into words."""
        await self.pictures.check_may_describe(channel_of(interaction))
        purposes = {purpose.value: told(f"purpose_{purpose.name.lower()}").message for purpose in Purpose}
        fields: list[Field | Pick] = [*which(message), Pick(say("picture.form_purpose_label"), "purpose", purposes)]
        form = Form(say("picture.form_describe"), fields, partial(self._describe, message))
        await interaction.response.send_modal(form)

    async def edit_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask what should be different, then change a picture."""
        card = await self.pictures.check_may_edit(channel_of(interaction))
        fields: list[Field | Pick] = [
            *which(message),
            Field(say(f"picture.form_edit_label_{card.edits}"), "instruction", most=PROMPT_MAX),
        ]
        form = Form(say("picture.form_edit"), fields, partial(self._edit, message))
        await interaction.response.send_modal(form)

    async def _describe(
        self, message: discord.Message, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        spot = await spot_of(interaction)
        source = await source_on(interaction, message, picked(values))
        await self.pictures.describe(member_of(interaction), spot, source, Purpose(values["purpose"]))

    async def _edit(
        self, message: discord.Message, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        spot = await spot_of(interaction)
        async with giving_back(interaction, values["instruction"]) as unsaved:
            source = await source_on(interaction, message, picked(values))
            await self.pictures.edit(member_of(interaction), spot, source, values["instruction"])
            unsaved.clear()


def which(message: discord.Message) -> list[Field | Pick]:
    """Ask which picture is meant where a message has several; raise `NotFound` where it has none."""
    count = len(pictures_of(message))
    numbers = {str(at): say("picture.one_of", number=at + 1) for at in range(count)}
    return [Pick(say("picture.form_which_label"), "which", numbers)] if count > 1 else []


def picked(values: Mapping[str, str]) -> int:
    """Return the place of the picture that was picked, counted from 0."""
    return int(values.get("which", "0"))
