"""`/write poem`, `story`, `script`, `lyrics`, `dialogue` and `blurb`: asking for a piece in a form."""

from __future__ import annotations

import discord
from discord.app_commands import choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.forms.ask import Wish
from bot.forms.form import Kind, forms_of
from cogs.style_names import StyleOption
from cogs.texts import giving_back
from cogs.write.part import About, Language, Part, Seed, form_choices, write_command


class Asking(Part):
    """Asking for pieces."""

    @write_command
    @choices(form=form_choices(forms_of(Kind.POEM)))
    async def poem(
        self,
        interaction: discord.Interaction,
        form: str,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write a poem in a form."""
        await self._write(interaction, Wish(form, about, style, language, seed))

    @write_command
    async def story(
        self,
        interaction: discord.Interaction,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write a short story."""
        await self._write(interaction, Wish(Kind.STORY, about, style, language, seed))

    @write_command
    async def script(
        self,
        interaction: discord.Interaction,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write a scene of a script."""
        await self._write(interaction, Wish(Kind.SCRIPT, about, style, language, seed))

    @write_command
    async def lyrics(
        self,
        interaction: discord.Interaction,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write the lyrics of a song."""
        await self._write(interaction, Wish(Kind.LYRICS, about, style, language, seed))

    @write_command
    async def dialogue(
        self,
        interaction: discord.Interaction,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write a dialogue."""
        await self._write(interaction, Wish(Kind.DIALOGUE, about, style, language, seed))

    @write_command
    async def blurb(
        self,
        interaction: discord.Interaction,
        about: About,
        style: StyleOption | None = None,
        language: Language = "",
        seed: Seed | None = None,
    ) -> None:
        """Write a blurb."""
        await self._write(interaction, Wish(Kind.BLURB, about, style, language, seed))

    async def _write(self, interaction: discord.Interaction, wish: Wish) -> None:
        reply = await acknowledge(interaction)
        async with giving_back(interaction, wish.about) as unsaved:
            await self.forms.write(member_of(interaction), channel_of(interaction), reply, wish)
            unsaved.clear()
