"""`/write adapt` and `polish`: a text in another form, and line edits of one."""

from __future__ import annotations

import discord
from discord.app_commands import choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.forms.ask import Wish
from bot.forms.form import forms
from cogs.style_names import StyleOption
from cogs.texts import giving_back
from cogs.write.part import (
    About,
    Language,
    Part,
    PassageOption,
    Seed,
    Text,
    form_choices,
    material_of,
    write_command,
)


class Remaking(Part):
    """Texts made into others."""

    @write_command
    @choices(form=form_choices(forms().values()))
    async def adapt(
        self,
        interaction: discord.Interaction,
        form: str,
        text: Text = "",
        passage: PassageOption | None = None,
        about: About = "",
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Turn a text into another form."""
        reply = await acknowledge(interaction)
        wish = Wish(form, about, style, language, seed)
        async with giving_back(interaction, text) as unsaved:
            material = material_of(text, passage)
            await self.forms.adapt(member_of(interaction), channel_of(interaction), reply, wish, material)
            unsaved.clear()

    @write_command
    async def polish(
        self, interaction: discord.Interaction, text: Text = "", passage: PassageOption | None = None
    ) -> None:
        """Offer line edits of a text."""
        reply = await acknowledge(interaction)
        async with giving_back(interaction, text) as unsaved:
            material = material_of(text, passage)
            await self.forms.polish(member_of(interaction), channel_of(interaction), reply, material)
            unsaved.clear()
