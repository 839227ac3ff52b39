"""`/critique rubric show|edit`: what the server wishes for its critiques."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import app_commands

from bot.critique.service import RUBRIC_MAX
from bot.delivery.context import acknowledge, member_of
from bot.words import say
from cogs.commands import may_manage, told
from cogs.critique.part import Part
from cogs.forms import Field, Form
from cogs.shown import COLOUR, plain
from cogs.texts import giving_back


class Wishes(Part):
    """The server's rubric and tone."""

    rubric = app_commands.Group(name="rubric", description=told("critique_rubric"))

    @rubric.command(name="show", description=told("critique_rubric_show"))
    async def show_rubric(self, interaction: discord.Interaction) -> None:
        """Show what holds here."""
        await acknowledge(interaction, ephemeral=True)
        embed = _shown(await self.critiques.rubric(member_of(interaction).server_id))
        await interaction.followup.send(embed=embed, ephemeral=True)

    @rubric.command(name="edit", description=told("critique_rubric_edit"))
    @may_manage
    async def edit_rubric(self, interaction: discord.Interaction) -> None:
        """Open a form with what holds here."""
        text = await self.critiques.rubric(member_of(interaction).server_id)
        field = Field(say("critique.rubric_label"), "rubric", text, RUBRIC_MAX, required=False)
        await interaction.response.send_modal(Form(say("critique.rubric_form"), [field], self._change_rubric))

    async def _change_rubric(self, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, values["rubric"]) as unsaved:
            rubric = await self.critiques.change_rubric(member_of(interaction), values["rubric"])
            unsaved.clear()
            await interaction.followup.send(say("critique.rubric_changed"), embed=_shown(rubric), ephemeral=True)


def _shown(rubric: str) -> discord.Embed:
    embed = discord.Embed(title=say("critique.rubric_title"), description=plain(rubric), colour=COLOUR)
    return embed.set_footer(text=say("critique.rubric_own"))
