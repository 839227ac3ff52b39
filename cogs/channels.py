"""`/settings`: what holds in a channel; Manage Server."""

from __future__ import annotations

import discord
from discord.app_commands import Choice, Range, autocomplete, choices, default_permissions, guild_only
from discord.ext import commands

from bot.channels.service import ChannelService
from bot.channels.settings import ChannelSettings
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.policy import AiPolicy
from bot.styles.service import StyleService
from bot.words import say
from cogs.choices import choices_of
from cogs.commands import command, told
from cogs.shown import COLOUR, plain
from cogs.style_names import StyleOption, suggest_styles


@guild_only()
@default_permissions(manage_guild=True)
class ChannelPanel(commands.GroupCog, name="settings", group_description=told("settings")):
    """See and change what holds in a channel."""

    def __init__(self, *, channels: ChannelService, styles: StyleService) -> None:
        self.channels = channels
        self.styles = styles

    async def suggest_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's styles."""
        return await suggest_styles(self.styles, interaction, typed)

    @command("settings")
    async def show(self, interaction: discord.Interaction) -> None:
        """Show what holds here."""
        await acknowledge(interaction, ephemeral=True)
        settings = await self.channels.settings(channel_of(interaction))
        await interaction.followup.send(embed=_page(settings), ephemeral=True)

    @command("settings")
    @choices(ai=choices_of(AiPolicy))
    @autocomplete(style=suggest_styles)
    async def channel(
        self,
        interaction: discord.Interaction,
        ai: str | None = None,
        style: StyleOption | None = None,
        spacing: Range[int, 0, 10] | None = None,
    ) -> None:
        """Change what is given."""
        await acknowledge(interaction, ephemeral=True)
        settings = await self.channels.change(
            member_of(interaction),
            channel_of(interaction),
            ai_policy=AiPolicy(ai) if ai else None,
            style=style,
            turn_spacing=spacing,
        )
        await interaction.followup.send(say("panel.changed"), embed=_page(settings), ephemeral=True)

    @command("settings")
    async def reset(self, interaction: discord.Interaction) -> None:
        """Take back what the channel decided."""
        await acknowledge(interaction, ephemeral=True)
        settings = await self.channels.reset(member_of(interaction), channel_of(interaction))
        await interaction.followup.send(say("panel.reset"), embed=_page(settings), ephemeral=True)


def _page(settings: ChannelSettings) -> discord.Embed:
    embed = discord.Embed(title=say("panel.title"), colour=COLOUR)
    embed.add_field(name=say("panel.ai"), value=told(f"aipolicy_{settings.ai_policy.name.lower()}").message)
    embed.add_field(name=say("panel.style"), value=plain(settings.style) if settings.style else say("panel.style_none"))
    spacing = (
        say("panel.spacing_on", count=settings.turn_spacing) if settings.turn_spacing else say("panel.spacing_off")
    )
    embed.add_field(name=say("panel.spacing"), value=spacing, inline=False)
    return embed.set_footer(text=say("panel.inherited")) if settings.inherited else embed
