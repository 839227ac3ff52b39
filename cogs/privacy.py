"""`/privacy`: what Salon keeps about a member, and forgetting it."""

from __future__ import annotations

import discord
from discord.app_commands import guild_only
from discord.ext import commands

from bot.delivery.context import acknowledge, member_of
from bot.delivery.views import SalonView
from bot.privacy import PrivacyService
from bot.words import say
from cogs.buttons import Button, StateButton, pressed
from cogs.commands import command, told
from cogs.texts import sent_file


@guild_only()
class Privacy(commands.GroupCog, name="privacy", group_description=told("privacy")):
    """A member's own data, to take along or to have forgotten."""

    def __init__(self, *, privacy: PrivacyService) -> None:
        self.privacy = privacy

    @command("privacy")
    async def export(self, interaction: discord.Interaction) -> None:
        """Send all that is kept about the member as a file."""
        await acknowledge(interaction, ephemeral=True)
        file = await self.privacy.export(member_of(interaction))
        await interaction.followup.send(say("privacy.exported"), file=sent_file(file), ephemeral=True)

    @command("privacy")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Ask before anything is forgotten."""
        button = Button(label=say("privacy.forget"), style=discord.ButtonStyle.danger)
        view = SalonView(StateButton(button, "forget_me", interaction.user.id))
        await interaction.response.send_message(say("privacy.sure"), view=view, ephemeral=True)

    @pressed("forget_me")
    async def forget_pressed(self, interaction: discord.Interaction, member_id: int) -> None:
        """Forget the member, who alone can see the button."""
        await interaction.response.defer()
        forgotten = await self.privacy.forget(member_of(interaction))
        said = say("privacy.forgotten", count=sum(forgotten.counts.values()))
        await interaction.edit_original_response(content=said, view=None)
