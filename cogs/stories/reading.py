"""`/story read`, `recap`, `context`, `info`, `list` and `export`: looking without changing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord.app_commands import choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.stories.story import ExportFormat, Passage, Story
from bot.words import say
from cogs.buttons import pressed
from cogs.choices import choices_of
from cogs.shown import plain
from cogs.stories.cards import context_card, info_card, short_card, story_list
from cogs.stories.pages import page_answer
from cogs.stories.part import Part, StoryOption, story_command
from cogs.stories.picture_files import picture_files
from cogs.stories.sight import may_see
from cogs.texts import sent_file, text_file


class Reading(Part):
    """Looking at stories."""

    @story_command
    async def read(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Open the story at its first page."""
        await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        told = await self.stories.story(member, channel, await self.story_id(interaction, story))
        path = await self.stories.passages(member, channel, told.id)
        answer, files = await self._page(interaction, told, path, since=0, page=0)
        await interaction.followup.send(**answer, files=files, ephemeral=True)

    @story_command
    async def recap(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show what was written since the member's last turn."""
        await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        recap = await self.stories.recap(member, channel, await self.story_id(interaction, story))
        if recap.last_own and not recap.missed:
            nothing = say("story.recap_nothing", title=plain(recap.story.title))
            await interaction.followup.send(nothing, ephemeral=True)
        else:
            path = await self.stories.passages(member, channel, recap.story.id)
            answer, files = await self._page(interaction, recap.story, path, recap.since_id, page=0)
            short = [short_card(recap)] if recap.summaries else []
            embeds = [*short, answer.pop("embed")]
            since = say("story.recap_since", count=recap.missed) if recap.last_own else ""
            await interaction.followup.send(since, **answer, embeds=embeds, files=files, ephemeral=True)

    @pressed("page")
    async def page_pressed(
        self, interaction: discord.Interaction, story_id: int, since: int, page: int, slot: int
    ) -> None:
        """Turn to another page of the story as it is now; `slot` only tells the buttons of a message apart."""
        await interaction.response.defer()
        member, channel = member_of(interaction), channel_of(interaction)
        story = await self.stories.story(member, channel, story_id)
        path = await self.stories.passages(member, channel, story_id)
        answer, files = await self._page(interaction, story, path, since, page)
        await interaction.edit_original_response(**answer, attachments=files)

    @story_command
    async def context(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show how the model's window is filled, and the whole text in a file."""
        await acknowledge(interaction, ephemeral=True)
        story_id = await self.story_id(interaction, story)
        context = await self.stories.context(member_of(interaction), channel_of(interaction), story_id)
        whole = text_file("context.txt", context.layout.text)
        await interaction.followup.send(embed=context_card(context), file=whole, ephemeral=True)

    @story_command
    async def info(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show the story in figures."""
        await acknowledge(interaction, ephemeral=True)
        story_id = await self.story_id(interaction, story)
        info = await self.stories.info(member_of(interaction), channel_of(interaction), story_id)
        await interaction.followup.send(embed=info_card(info), ephemeral=True)

    @story_command
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the stories of the channels that the member may read."""
        await acknowledge(interaction, ephemeral=True)
        stories = await self.stories.list_stories(member_of(interaction))
        seen = [story for story in stories if may_see(interaction, story.channel_id)]
        current = await self.stories.current(channel_of(interaction))
        await interaction.followup.send(embed=story_list(seen, current), ephemeral=True)

    @story_command
    @choices(format=choices_of(ExportFormat))
    async def export(
        self, interaction: discord.Interaction, format: str = ExportFormat.MARKDOWN, story: StoryOption | None = None
    ) -> None:
        """Send the story as a file."""
        await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        story_id = await self.story_id(interaction, story)
        most_bytes = interaction.filesize_limit
        file = await self.illustrations.export(member, channel, ExportFormat(format), most_bytes, story_id)
        await interaction.followup.send(file=sent_file(file), ephemeral=True)

    async def _page(
        self, interaction: discord.Interaction, story: Story, path: Sequence[Passage], since: int, page: int
    ) -> tuple[dict[str, Any], list[discord.File]]:
        """Answer with a page and the files of its pictures."""
        beside = await self.illustrations.beside(path)
        headings = await self.stories.headings(story, path)
        answer, pictures = await page_answer(story, path, since, page, beside, headings)
        return answer, await picture_files(self.illustrations, pictures, interaction.filesize_limit)
