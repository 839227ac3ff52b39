"""`/lore list`: a story's cards, page by page."""

from __future__ import annotations

from typing import Any

import discord
from discord.app_commands import autocomplete

from bot.delivery.context import acknowledge, channel_of, member_of
from cogs.buttons import pressed
from cogs.commands import command
from cogs.lore.pages import lore_page
from cogs.lore.part import Part
from cogs.stories.part import StoryOption


class Listing(Part):
    """Looking at the lore without changing anything."""

    @command("lore")
    @autocomplete(story=Part.suggest_stories)
    async def list_(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show the cards, and which of them the AI would be told of now."""
        await acknowledge(interaction, ephemeral=True)
        answer = await self._page(interaction, await self.story_id(interaction, story), 0)
        await interaction.followup.send(**answer, ephemeral=True)

    @pressed("lore_page")
    async def page_pressed(self, interaction: discord.Interaction, story_id: int, page: int, slot: int) -> None:
        """Turn to another page; `slot` only tells the buttons of a message apart."""
        await interaction.response.defer()
        await interaction.edit_original_response(**await self._page(interaction, story_id, page))

    async def _page(self, interaction: discord.Interaction, story_id: int | None, page: int) -> dict[str, Any]:
        member, channel = member_of(interaction), channel_of(interaction)
        story = await self.stories.story(member, channel, story_id)
        standing = await self.lore.standing(member, channel, story.id)
        return lore_page(story, standing, await self.lore.unread(member, channel, story.id), page)
