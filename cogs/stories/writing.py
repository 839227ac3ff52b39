"""`/story start`, `add` and `edit`: members' own words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

import discord
from discord.app_commands import Range, choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import BadInput, NotFound
from bot.stories.answers import Added
from bot.stories.rules import PASSAGE_MAX, TITLE_MAX
from bot.stories.story import Passage, Story
from bot.words import say
from cogs.buttons import pressed
from cogs.choices import choices_of, id_in, value_of
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.stories.cards import story_card
from cogs.stories.controls import story_buttons
from cogs.stories.part import Part, PassageOption, PassageText, StoryOption, story_command
from cogs.stories.room import thread_for
from cogs.stories.show import Send, draft_of, edited_draft, own_draft, send_draft
from cogs.style_names import StyleOption
from cogs.texts import content_of, giving_back, text_of


class Where(StrEnum):
    """Where a story begins."""

    HERE = "here"
    THREAD = "thread"


class Writing(Part):
    """Members' own words."""

    @story_command
    @choices(where=choices_of(Where))
    async def start(
        self,
        interaction: discord.Interaction,
        title: Range[str, 1, TITLE_MAX],
        opening: PassageText = "",
        style: StyleOption | None = None,
        where: str = Where.HERE,
    ) -> None:
        """Begin a story."""
        await acknowledge(interaction)
        begin = self._begin_in_thread if where == Where.THREAD else self._begin_here
        async with giving_back(interaction, opening) as unsaved:
            await begin(interaction, title, opening, style, unsaved)

    @story_command
    async def add(
        self,
        interaction: discord.Interaction,
        text: PassageText = "",
        file: discord.Attachment | None = None,
        story: StoryOption | None = None,
    ) -> None:
        """Add a passage of one's own."""
        if text and file:
            async with giving_back(interaction, text):
                raise BadInput("texts.text_or_file")
        elif file:
            await self._add_file(interaction, file, story)
        elif text:
            await self._add(story, interaction, {"text": text})
        else:
            await self._ask_for_words(interaction, await self.story_id(interaction, story))

    @pressed("write")
    async def write_pressed(self, interaction: discord.Interaction, story_id: int) -> None:
        """Ask for a passage of one's own, then add it."""
        await self._ask_for_words(interaction, story_id)

    @story_command
    async def edit(
        self,
        interaction: discord.Interaction,
        passage: PassageOption | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Reword a passage."""
        if file:
            await acknowledge(interaction)
            chosen = await self._chosen(interaction, passage)
            await self._reword(chosen.id, interaction, await text_of(file))
        else:
            chosen = await self._chosen(interaction, passage)
            await self.stories.check_may_edit(member_of(interaction), channel_of(interaction), chosen.id)
            field = Field(say("story.form_text_label"), value=chosen.text, most=PASSAGE_MAX)
            await interaction.response.send_modal(Form(say("story.form_edit"), [field], partial(self._edit, chosen.id)))

    async def _ask_for_words(self, interaction: discord.Interaction, story_id: int | None) -> None:
        """Open a form for a passage, unless the member may not write now."""
        story = await self.stories.check_may_write(member_of(interaction), channel_of(interaction), story_id)
        field = Field(say("story.form_text_label"), most=PASSAGE_MAX)
        submitted = partial(self._add, value_of(story.id))
        await interaction.response.send_modal(Form(say("story.form_add"), [field], submitted))

    async def _begin_here(
        self, interaction: discord.Interaction, title: str, opening: str, style: str | None, unsaved: list[str]
    ) -> None:
        member, channel = member_of(interaction), channel_of(interaction)
        before = await self.stories.current(channel)
        story = await self.stories.start(member, channel, title, opening, style)
        unsaved.clear()
        await self._show_beginning(interaction, story, interaction.followup.send, before)

    async def _begin_in_thread(
        self, interaction: discord.Interaction, title: str, opening: str, style: str | None, unsaved: list[str]
    ) -> None:
        member = member_of(interaction)
        async with thread_for(interaction, title) as (thread, channel):
            story = await self.stories.start(member, channel, title, opening, style)
        unsaved.clear()
        begun = say("story.started_in_thread", name=plain(member.name), title=plain(story.title), thread=thread.mention)
        await interaction.followup.send(begun)
        await self._show_beginning(interaction, story, thread.send)

    async def _show_beginning(
        self, interaction: discord.Interaction, story: Story, send: Send, before: Story | None = None
    ) -> None:
        """Show the card, and the opening where there is one; what comes last has the buttons."""
        member, ai_speaks = member_of(interaction), await self.ai_speaks(interaction)
        card = story_card(story, member.name, ai_speaks=ai_speaks, before=before)
        if story.tip_id is None:
            await send(embed=card, view=story_buttons(story.id, ai_speaks=ai_speaks))
            return
        await send(embed=card)
        await send_draft(send, draft_of(await self.stories.passage(member, story.tip_id), ai_speaks=ai_speaks))

    async def _add(self, typed: str | None, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        text, reply = values["text"], await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            story_id = await self.story_id(interaction, typed)
            added = await self.stories.add(member, channel, text, story_id, reply=reply)
            unsaved.clear()
            await self._show_added(interaction, added)

    async def _add_file(self, interaction: discord.Interaction, file: discord.Attachment, typed: str | None) -> None:
        reply, member, channel = await acknowledge(interaction), member_of(interaction), channel_of(interaction)
        story_id = await self.story_id(interaction, typed)
        added = await self.stories.add_file(member, channel, await content_of(file), story_id, reply=reply)
        await self._show_added(interaction, added)

    async def _show_added(self, interaction: discord.Interaction, added: Added) -> None:
        """Show what was added; where the AI goes on, delivery shows both as one answer."""
        if added.job is None:
            await send_draft(
                interaction.followup.send, own_draft(added.passages, ai_speaks=await self.ai_speaks(interaction))
            )

    async def _chosen(self, interaction: discord.Interaction, picked: str | None) -> Passage:
        """Return the picked passage of the current story, or the member's own latest."""
        member, channel = member_of(interaction), channel_of(interaction)
        if picked is None:
            return await self.stories.my_last_passage(member, channel)
        passages = await self.stories.passages(member, channel)
        chosen = next((passage for passage in passages if passage.id == id_in(picked)), None)
        if chosen is None:
            raise NotFound("story.passage_not_found")
        return chosen

    async def _edit(self, passage_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        await self._reword(passage_id, interaction, values["text"])

    async def _reword(self, passage_id: int, interaction: discord.Interaction, text: str) -> None:
        member = member_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            passage = await self.stories.edit(member, channel_of(interaction), passage_id, text)
            unsaved.clear()
            draft = edited_draft(passage, member.name, ai_speaks=await self.ai_speaks(interaction))
            await send_draft(interaction.followup.send, draft)
