"""`/settings`: what holds in a channel, the roles' shares of the device, and the server's lists; Manage Server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import discord
from discord.app_commands import Choice, Range, autocomplete, choices, default_permissions, guild_only
from discord.ext import commands

from bot.channels.service import ChannelService
from bot.channels.settings import ChannelSettings
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.policy import AiPolicy
from bot.roles.rules import USUAL_WEIGHT, WEIGHT_MAX, WEIGHT_MIN, RoleWeight
from bot.roles.service import RoleService
from bot.safety.phrases import Phrases
from bot.safety.words import LIST_MAX, WordService
from bot.styles.service import StyleService
from bot.words import say
from cogs.choices import choices_of
from cogs.commands import command, told
from cogs.forms import Field, Form
from cogs.shown import COLOUR, plain
from cogs.style_names import StyleOption, suggest_styles
from cogs.texts import giving_back


@guild_only()
@default_permissions(manage_guild=True)
class ChannelPanel(commands.GroupCog, name="settings", group_description=told("settings")):
    """See and change what holds in a channel, what roles weigh, and which words and phrases the server refuses."""

    def __init__(
        self,
        *,
        channels: ChannelService,
        styles: StyleService,
        roles: RoleService,
        words: WordService,
        phrases: Phrases,
    ) -> None:
        self.channels = channels
        self.styles = styles
        self.roles = roles
        self.lists: Mapping[str, WordService] = {"words": words, "phrases": phrases}

    async def suggest_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's styles."""
        return await suggest_styles(self.styles, interaction, typed)

    @command("settings")
    async def show(self, interaction: discord.Interaction) -> None:
        """Show what holds here."""
        await acknowledge(interaction, ephemeral=True)
        channel = channel_of(interaction)
        settings, roles = await self.channels.settings(channel), await self.roles.list(channel.server_id)
        counts = {name: len(await listed.words(channel.server_id)) for name, listed in self.lists.items()}
        embeds = [_page(settings), _shares(roles), *(_listed(name, count) for name, count in counts.items())]
        await interaction.followup.send(embeds=embeds, ephemeral=True)

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
        """Change what is given, and show what holds."""
        await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        if ai is None and style is None and spacing is None:
            said, settings = say("panel.nothing_given"), await self.channels.settings(channel)
        else:
            policy = AiPolicy(ai) if ai else None
            settings = await self.channels.change(member, channel, ai_policy=policy, style=style, turn_spacing=spacing)
            said = say("panel.changed")
        await interaction.followup.send(said, embed=_page(settings), ephemeral=True)

    @command("settings")
    async def reset(self, interaction: discord.Interaction) -> None:
        """Take back what the channel decided."""
        await acknowledge(interaction, ephemeral=True)
        settings = await self.channels.reset(member_of(interaction), channel_of(interaction))
        await interaction.followup.send(say("panel.reset"), embed=_page(settings), ephemeral=True)

    @command("settings")
    async def role(
        self, interaction: discord.Interaction, role: discord.Role, weight: Range[float, WEIGHT_MIN, WEIGHT_MAX]
    ) -> None:
        """Say how large a share of the device the members of a role get."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        await self.roles.set_weight(member, role.id, weight)
        key = "panel.role_usual" if weight == USUAL_WEIGHT else "panel.role_changed"
        sentence = say(key, role=role.mention, weight=f"{weight:g}")
        await interaction.followup.send(
            sentence, embed=_shares(await self.roles.list(member.server_id)), ephemeral=True
        )

    @command("settings")
    async def words(self, interaction: discord.Interaction) -> None:
        """Show the list of words to be changed."""
        await self._show_list("words", interaction)

    @command("settings")
    async def phrases(self, interaction: discord.Interaction) -> None:
        """Show the list of phrases to be changed."""
        await self._show_list("phrases", interaction)

    async def _show_list(self, name: str, interaction: discord.Interaction) -> None:
        lines = "\n".join(await self.lists[name].changeable(member_of(interaction)))
        field = Field(say(f"panel.{name}_label"), name, lines, LIST_MAX, required=False)
        form = Form(say(f"panel.{name}_title"), [field], partial(self._change_list, name))
        await interaction.response.send_modal(form)

    async def _change_list(self, name: str, interaction: discord.Interaction, typed: Mapping[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, typed[name]) as unsaved:
            lines = await self.lists[name].change(member_of(interaction), typed[name])
            unsaved.clear()
            said = say(f"panel.{name}_changed", count=len(lines)) if lines else say(f"panel.{name}_none")
            await interaction.followup.send(said, ephemeral=True)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Forget the weight of a role that nobody could name any more."""
        await self.roles.role_deleted(role.guild.id, role.id)


def _page(settings: ChannelSettings) -> discord.Embed:
    embed = discord.Embed(title=say("panel.title"), colour=COLOUR)
    embed.add_field(name=say("panel.ai"), value=told(f"aipolicy_{settings.ai_policy.name.lower()}").message)
    embed.add_field(name=say("panel.style"), value=plain(settings.style) if settings.style else say("panel.style_none"))
    spacing = (
        say("panel.spacing_on", count=settings.turn_spacing) if settings.turn_spacing else say("panel.spacing_off")
    )
    embed.add_field(name=say("panel.spacing"), value=spacing, inline=False)
    return embed.set_footer(text=say("panel.inherited")) if settings.inherited else embed


def _shares(roles: Sequence[RoleWeight]) -> discord.Embed:
    lines = [say("panel.role_line", role=f"<@&{role.role_id}>", weight=f"{role.weight:g}") for role in roles]
    words = [say("panel.roles_meaning"), "", *lines] if lines else [say("panel.roles_none")]
    return discord.Embed(title=say("panel.roles"), description="\n".join(words), colour=COLOUR)


def _listed(name: str, count: int) -> discord.Embed:
    """Say how many words or phrases a list has, not which: who may see them all is checked where they are shown."""
    sentence = say(f"panel.{name}_listed", count=count) if count else say(f"panel.{name}_unlisted")
    return discord.Embed(title=say(f"panel.{name}_title"), description=sentence, colour=COLOUR)
