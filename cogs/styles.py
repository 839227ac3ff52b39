"""`/style`: the server's writing styles, and a group of commands for its picture styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.app_commands import Choice, Range, autocomplete, choices, guild_only
from discord.ext import commands

from bot.delivery.context import acknowledge, member_of
from bot.stories.story import Length
from bot.styles.rules import DESCRIPTION_MAX, INSTRUCTIONS_MAX
from bot.styles.service import StyleService
from bot.styles.style import Style
from bot.words import say
from cogs.choices import choices_of
from cogs.commands import command, may_manage, told
from cogs.forms import Field, Form, Submitted
from cogs.picture_styles import PictureStyles
from cogs.style_names import StyleOption, suggest_styles
from cogs.style_pages import as_typed, style_list, style_page
from cogs.texts import giving_back

Temperature = Range[float, 0.0, 2.0]
TopP = Range[float, 0.05, 1.0]
MinP = Range[float, 0.0, 0.5]
Repetition = Range[float, 0.0, 5.0]
Surprise = Range[float, 0.0, 1.0]


@guild_only()
class Styles(commands.GroupCog, name="style", group_description=told("style")):
    """Everyone looks at styles; admins make the server's own."""

    def __init__(self, *, styles: StyleService) -> None:
        self.styles = styles
        assert self.app_command is not None, "a group has a command"
        self.app_command.add_command(PictureStyles(styles))

    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer all styles."""
        return await suggest_styles(self.styles, interaction, typed)

    async def suggest_own(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the styles the server made itself."""
        return await suggest_styles(self.styles, interaction, typed, own=True)

    @command("style")
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show all styles."""
        await acknowledge(interaction, ephemeral=True)
        server_id = member_of(interaction).server_id
        writing, pictures = await self.styles.list(server_id), await self.styles.pictures.list(server_id)
        lists = [style_list("writing", writing), style_list("pictures", pictures)]
        await interaction.followup.send(embeds=lists, ephemeral=True)

    @command("style")
    @autocomplete(name=suggest)
    async def show(self, interaction: discord.Interaction, name: StyleOption) -> None:
        """Show one style."""
        await acknowledge(interaction, ephemeral=True)
        style = await self.styles.get(member_of(interaction).server_id, name)
        await interaction.followup.send(embed=style_page(style), ephemeral=True)

    @command("style")
    @choices(length=choices_of(Length))
    @may_manage
    async def create(
        self,
        interaction: discord.Interaction,
        name: StyleOption,
        temperature: Temperature | None = None,
        top_p: TopP | None = None,
        min_p: MinP | None = None,
        repetition: Repetition | None = None,
        surprise: Surprise | None = None,
        length: str | None = None,
    ) -> None:
        """Ask for the words of a new style, then make it."""
        await self.styles.check_new(member_of(interaction), name)
        changes = {
            "temperature": temperature,
            "top_p": top_p,
            "min_p": min_p,
            "dry_multiplier": repetition,
            "xtc_probability": surprise,
        }
        style = _changed(Style(name, "", ""), changes, length)
        await interaction.response.send_modal(_form("styling.form_create", style, partial(self._create, style)))

    @command("style")
    @autocomplete(name=suggest_own)
    @choices(length=choices_of(Length))
    @may_manage
    async def edit(
        self,
        interaction: discord.Interaction,
        name: StyleOption,
        temperature: Temperature | None = None,
        top_p: TopP | None = None,
        min_p: MinP | None = None,
        repetition: Repetition | None = None,
        surprise: Surprise | None = None,
        length: str | None = None,
    ) -> None:
        """Show the words of a style to be changed, then change it."""
        changes = {
            "temperature": temperature,
            "top_p": top_p,
            "min_p": min_p,
            "dry_multiplier": repetition,
            "xtc_probability": surprise,
        }
        style = _changed(await self.styles.changeable(member_of(interaction), name), changes, length)
        await interaction.response.send_modal(_form("styling.form_edit", style, partial(self._edit, style)))

    @command("style")
    @autocomplete(name=suggest_own)
    @may_manage
    async def delete(self, interaction: discord.Interaction, name: StyleOption) -> None:
        """Delete a style."""
        await acknowledge(interaction, ephemeral=True)
        style = await self.styles.delete(member_of(interaction), name)
        await interaction.followup.send(say("styling.deleted", name=style.name), ephemeral=True)

    async def _create(self, style: Style, interaction: discord.Interaction, words: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, as_typed(words)) as unsaved:
            created = await self.styles.create(member_of(interaction), _worded(style, words))
            unsaved.clear()
            await interaction.followup.send(say("styling.created"), embed=style_page(created), ephemeral=True)

    async def _edit(self, style: Style, interaction: discord.Interaction, words: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, as_typed(words)) as unsaved:
            edited = await self.styles.edit(member_of(interaction), _worded(style, words))
            unsaved.clear()
            await interaction.followup.send(say("styling.edited"), embed=style_page(edited), ephemeral=True)


def _changed(style: Style, numbers: Mapping[str, float | None], length: str | None) -> Style:
    given: dict[str, Any] = {name: number for name, number in numbers.items() if number is not None}
    return replace(style, **given, length=Length(length) if length else style.length)


def _worded(style: Style, words: Mapping[str, str]) -> Style:
    return replace(style, description=words["description"], instructions=words["instructions"])


def _form(title: str, style: Style, submitted: Submitted) -> Form:
    fields = [
        Field(say("styling.field_description"), "description", style.description, DESCRIPTION_MAX, is_long=False),
        Field(say("styling.field_instructions"), "instructions", style.instructions, INSTRUCTIONS_MAX),
    ]
    return Form(say(title), fields, submitted)
