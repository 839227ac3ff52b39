"""What all parts of `/story` share: the service, and the options for a story, a passage and a style."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import discord
from discord.app_commands import Choice, Command, Range, autocomplete
from discord.app_commands.commands import CommandCallback, GroupT, P, T
from discord.ext import commands

from bot.channels.service import ChannelService
from bot.delivery.context import channel_of, member_of
from bot.errors import NotFound
from bot.illustrations.service import IllustrationService
from bot.stories.rules import PASSAGE_MAX
from bot.stories.service import StoryService
from bot.styles.service import StyleService
from cogs.choices import id_in, passage_choices, story_choices
from cogs.commands import command
from cogs.style_names import suggest_styles

StoryOption = Range[str, 1, 100]
PassageOption = Range[str, 1, 100]
PassageText = Range[str, 1, PASSAGE_MAX]


class Part(commands.Cog):
    """A part of the `/story` group."""

    def __init__(
        self,
        *,
        stories: StoryService,
        illustrations: IllustrationService,
        styles: StyleService,
        channels: ChannelService,
    ) -> None:
        self.stories = stories
        self.illustrations = illustrations
        self.styles = styles
        self.channels = channels

    async def story_id(self, interaction: discord.Interaction, typed: str | None) -> int | None:
        """Return the id of a picked story, or the one found by what was typed; None is the channel's current one."""
        if typed is None:
            return None
        picked = id_in(typed)
        if picked is not None:
            return picked
        found = await self.stories.find(member_of(interaction), typed, channel_of(interaction))
        if not found:
            raise NotFound("story.not_found", typed=typed)
        return found[0].id

    async def ai_speaks(self, interaction: discord.Interaction) -> bool:
        """Say whether the AI may be asked to write in this channel."""
        return (await self.channels.settings(channel_of(interaction))).ai_policy.speaks_when_asked

    async def suggest_stories(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the channel's stories."""
        found = await self.stories.find(member_of(interaction), typed, channel_of(interaction))
        return story_choices(found)

    async def suggest_passages(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the passages of the channel's current story, the newest first; none where there is no story."""
        try:
            passages = await self.stories.passages(member_of(interaction), channel_of(interaction))
        except NotFound:
            return []
        return passage_choices(passages, typed)

    async def suggest_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's styles."""
        return await suggest_styles(self.styles, interaction, typed)


_SUGGESTIONS: Mapping[str, Callable[..., Any]] = {
    "story": Part.suggest_stories,
    "passage": Part.suggest_passages,
    "style": Part.suggest_styles,
}


def story_command(function: CommandCallback[GroupT, P, T]) -> Command[GroupT, P, T]:
    """Make a command of `/story`; options called story, passage or style suggest themselves."""
    options = inspect.signature(function).parameters
    suggestions = {name: suggest for name, suggest in _SUGGESTIONS.items() if name in options}
    return command("story")(autocomplete(**suggestions)(function))
