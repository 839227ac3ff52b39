"""`/style picture`: the server's picture styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.app_commands import Choice, Group, Range, autocomplete, choices

from bot.delivery.context import acknowledge, member_of
from bot.styles.picture_style import PictureStyle, Reset, left_to_pipeline
from bot.styles.rules import DESCRIPTION_MAX, LORA_MAX, PICTURE_RANGES, WORDS_MAX
from bot.styles.service import StyleService
from bot.words import say
from cogs.choices import choices_of
from cogs.commands import command, may_manage, told
from cogs.forms import Field, Form, Submitted
from cogs.style_names import StyleOption, suggest_styles
from cogs.style_pages import as_typed, picture_style_page
from cogs.texts import giving_back
from models.requests import Shape

Steps = Range[int, *PICTURE_RANGES["steps"]]
Guidance = Range[float, *PICTURE_RANGES["guidance"]]
Lora = Range[str, 1, LORA_MAX]


class PictureStyles(Group):
    """Everyone looks at picture styles; admins make the server's own."""

    def __init__(self, styles: StyleService) -> None:
        super().__init__(name="picture", description=told("style_picture"))
        self.styles = styles

    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer all picture styles."""
        return await suggest_styles(self.styles.pictures, interaction, typed)

    async def suggest_own(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the picture styles the server made itself."""
        return await suggest_styles(self.styles.pictures, interaction, typed, own=True)

    @command("style_picture")
    @autocomplete(name=suggest)
    async def show(self, interaction: discord.Interaction, name: StyleOption) -> None:
        """Show one picture style."""
        await acknowledge(interaction, ephemeral=True)
        style = await self.styles.pictures.get(member_of(interaction).server_id, name)
        await interaction.followup.send(embed=picture_style_page(style), ephemeral=True)

    @command("style_picture")
    @choices(shape=choices_of(Shape))
    @may_manage
    async def create(
        self,
        interaction: discord.Interaction,
        name: StyleOption,
        steps: Steps | None = None,
        guidance: Guidance | None = None,
        lora: Lora | None = None,
        shape: str | None = None,
    ) -> None:
        """Ask for the words of a new style, then make it."""
        await self.styles.pictures.check_new(member_of(interaction), name)
        style = _changed(PictureStyle(name, ""), steps=steps, guidance=guidance, lora=lora, shape=shape)
        form = _form("styling.form_create_picture", style, partial(self._create, style))
        await interaction.response.send_modal(form)

    @command("style_picture")
    @autocomplete(name=suggest_own)
    @choices(shape=choices_of(Shape), reset=choices_of(Reset))
    @may_manage
    async def edit(
        self,
        interaction: discord.Interaction,
        name: StyleOption,
        steps: Steps | None = None,
        guidance: Guidance | None = None,
        lora: Lora | None = None,
        shape: str | None = None,
        reset: str | None = None,
    ) -> None:
        """Show the words of a style to be changed, then change it; what is given is set after the reset."""
        style = await self.styles.pictures.changeable(member_of(interaction), name)
        style = left_to_pipeline(style, Reset(reset)) if reset else style
        style = _changed(style, steps=steps, guidance=guidance, lora=lora, shape=shape)
        await interaction.response.send_modal(_form("styling.form_edit_picture", style, partial(self._edit, style)))

    @command("style_picture")
    @autocomplete(name=suggest_own)
    @may_manage
    async def delete(self, interaction: discord.Interaction, name: StyleOption) -> None:
        """Delete a picture style."""
        await acknowledge(interaction, ephemeral=True)
        style = await self.styles.pictures.delete(member_of(interaction), name)
        await interaction.followup.send(say("styling.deleted_picture", name=style.name), ephemeral=True)

    async def _create(self, style: PictureStyle, interaction: discord.Interaction, words: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, as_typed(words)) as unsaved:
            created = await self.styles.pictures.create(member_of(interaction), _worded(style, words))
            unsaved.clear()
            page = picture_style_page(created)
            await interaction.followup.send(say("styling.created_picture"), embed=page, ephemeral=True)

    async def _edit(self, style: PictureStyle, interaction: discord.Interaction, words: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, as_typed(words)) as unsaved:
            edited = await self.styles.pictures.edit(member_of(interaction), _worded(style, words))
            unsaved.clear()
            page = picture_style_page(edited)
            await interaction.followup.send(say("styling.edited_picture"), embed=page, ephemeral=True)


def _changed(style: PictureStyle, *, shape: str | None, **given: Any) -> PictureStyle:
    """Change what was given; a style keeps what was not."""
    changes = {name: value for name, value in given.items() if value is not None}
    return replace(style, **changes, shape=Shape(shape) if shape else style.shape)


def _worded(style: PictureStyle, words: Mapping[str, str]) -> PictureStyle:
    parts: dict[str, Any] = dict(words)
    return replace(style, **parts)


def _form(title: str, style: PictureStyle, submitted: Submitted) -> Form:
    parts = {"before": style.before, "after": style.after, "avoid": style.avoid}
    fields = [
        Field(
            say("styling.field_description"), "description", style.description, DESCRIPTION_MAX, False, required=False
        ),
        *(Field(say(f"styling.field_{name}"), name, words, WORDS_MAX, required=False) for name, words in parts.items()),
    ]
    return Form(say(title), fields, submitted)
