"""`/story chapter`: beginning chapters, and what they tell in short, to be read and put right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import discord
from discord.app_commands import Range

from bot.chapters.chapter import SUMMARY_MAX, TITLE_MAX, KeptSummary
from bot.chapters.service import ChapterService
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.words import say
from cogs.buttons import pressed
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.stories.contents import contents_page, opened_answer
from cogs.stories.part import Part, StoryOption, story_command
from cogs.texts import giving_back


class ChapterPart(Part):
    """Chapters and their summaries: everyone reads them, those in the story change them."""

    def __init__(self, *, chapters: ChapterService, **shared: Any) -> None:
        super().__init__(**shared)
        self.chapters = chapters

    @story_command
    async def chapter(
        self,
        interaction: discord.Interaction,
        title: Range[str, 1, TITLE_MAX] | None = None,
        story: StoryOption | None = None,
    ) -> None:
        """Begin a chapter, or without a title show those there are."""
        await acknowledge(interaction, ephemeral=title is None)
        story_id = await self.story_id(interaction, story)
        if title is None:
            answer = await self._contents(interaction, story_id, page=0)
            await interaction.followup.send(**answer, ephemeral=True)
        else:
            await self._begin(interaction, story_id, title)

    @pressed("chapter_page")
    async def chapter_page_pressed(self, interaction: discord.Interaction, story_id: int, page: int, slot: int) -> None:
        """Turn to another page; `slot` only tells the buttons of a message apart."""
        await interaction.response.defer()
        await interaction.edit_original_response(**await self._contents(interaction, story_id, page))

    @pressed("chapter_begin")
    async def chapter_begin_pressed(self, interaction: discord.Interaction, story_id: int) -> None:
        """Ask for the title of a chapter."""
        await self.chapters.check_may_begin(member_of(interaction), channel_of(interaction), story_id)
        field = Field(say("chapters.form_begin_label"), "title", most=TITLE_MAX, is_long=False)
        submitted = partial(self._begin_submitted, story_id)
        await interaction.response.send_modal(Form(say("chapters.form_begin"), [field], submitted))

    @pressed("chapter_sum_up")
    async def chapter_sum_up_pressed(self, interaction: discord.Interaction, story_id: int) -> None:
        """Have summed up what is due."""
        await acknowledge(interaction, ephemeral=True)
        story = await self.chapters.sum_up(member_of(interaction), channel_of(interaction), story_id)
        await interaction.followup.send(say("chapters.sums_up", title=plain(story.title)), ephemeral=True)

    @pressed("chapter_open")
    async def chapter_opened(self, interaction: discord.Interaction, summary_id: int) -> None:
        """Show a summary by itself."""
        await acknowledge(interaction, ephemeral=True)
        opened = await self.chapters.open(member_of(interaction), channel_of(interaction), summary_id)
        await interaction.followup.send(**opened_answer(opened, opened.versions[0].id), ephemeral=True)

    @pressed("chapter_version")
    async def chapter_version_chosen(self, interaction: discord.Interaction, version_id: int) -> None:
        """Show another version of a summary in its place."""
        await interaction.response.defer()
        opened = await self.chapters.open(member_of(interaction), channel_of(interaction), version_id)
        await interaction.edit_original_response(**opened_answer(opened, version_id))

    @pressed("chapter_edit")
    async def chapter_edit_pressed(self, interaction: discord.Interaction, summary_id: int) -> None:
        """Show a summary's words to be changed; what keeps the member from it is said before a form opens."""
        opened = await self.chapters.check_may_edit(member_of(interaction), channel_of(interaction), summary_id)
        field = Field(say("chapters.form_edit_label"), value=opened.versions[0].text, most=SUMMARY_MAX)
        submitted = partial(self._edit_submitted, summary_id)
        await interaction.response.send_modal(Form(say("chapters.form_edit"), [field], submitted))

    @pressed("chapter_restore")
    async def chapter_restore_pressed(self, interaction: discord.Interaction, version_id: int) -> None:
        """Let a summary say again what it said."""
        await interaction.response.defer()
        restored = await self.chapters.restore(member_of(interaction), channel_of(interaction), version_id)
        await self._show(interaction, restored)

    async def _begin(self, interaction: discord.Interaction, story_id: int | None, title: str) -> None:
        begun = await self.chapters.begin(member_of(interaction), channel_of(interaction), title, story_id)
        name = plain(interaction.user.display_name)
        await interaction.followup.send(say("chapters.begun", name=name, chapter=plain(begun.title)))

    async def _begin_submitted(
        self, story_id: int, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        await acknowledge(interaction)
        async with giving_back(interaction, values["title"]) as unsaved:
            await self._begin(interaction, story_id, values["title"])
            unsaved.clear()

    async def _edit_submitted(
        self, summary_id: int, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, values["text"]) as unsaved:
            member, channel = member_of(interaction), channel_of(interaction)
            edited = await self.chapters.edit(member, channel, summary_id, values["text"])
            unsaved.clear()
            opened = await self.chapters.open(member, channel, edited.id)
            await interaction.followup.send(**opened_answer(opened, edited.id), ephemeral=True)

    async def _show(self, interaction: discord.Interaction, version: KeptSummary) -> None:
        opened = await self.chapters.open(member_of(interaction), channel_of(interaction), version.id)
        await interaction.edit_original_response(**opened_answer(opened, version.id))

    async def _contents(self, interaction: discord.Interaction, story_id: int | None, page: int) -> dict[str, Any]:
        contents = await self.chapters.contents(member_of(interaction), channel_of(interaction), story_id)
        return contents_page(contents, page)
