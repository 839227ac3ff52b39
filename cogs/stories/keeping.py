"""`/story memory`, `note`, `limits`, `switch`, `finish` and `reopen`: what concerns a story as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.stories.limits import LIMITS_MAX
from bot.stories.rules import CONTEXT_MAX
from bot.stories.story import Story
from bot.words import say
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.stories.cards import limits_card
from cogs.stories.part import Part, StoryOption, story_command
from cogs.texts import giving_back


class Keeping(Part):
    """What concerns a story as a whole."""

    @story_command
    async def memory(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show what the AI always knows, to be changed."""
        found = await self._to_tell(interaction, story)
        field = Field(say("story.form_memory_label"), value=found.memory, most=CONTEXT_MAX, required=False)
        submitted = partial(self._set_memory, found.id)
        await interaction.response.send_modal(Form(say("story.form_memory"), [field], submitted))

    @story_command
    async def note(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show the author's note, to be changed."""
        found = await self._to_tell(interaction, story)
        field = Field(say("story.form_note_label"), value=found.note, most=CONTEXT_MAX, required=False)
        submitted = partial(self._set_note, found.id)
        await interaction.response.send_modal(Form(say("story.form_note"), [field], submitted))

    @story_command
    async def limits(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show the story's lines and veils, to be changed."""
        found = await self._to_tell(interaction, story)
        fields = [
            Field(say("story.form_lines_label"), "lines", found.lines, most=LIMITS_MAX, required=False),
            Field(say("story.form_veils_label"), "veils", found.veils, most=LIMITS_MAX, required=False),
        ]
        submitted = partial(self._set_limits, found.id)
        await interaction.response.send_modal(Form(say("story.form_limits"), fields, submitted))

    @story_command
    async def switch(self, interaction: discord.Interaction, story: StoryOption) -> None:
        """Make a story the channel's current one."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        assert story_id is not None
        current = await self.stories.make_current(member_of(interaction), channel_of(interaction), story_id)
        await self._say(interaction, "story.switched", current)

    @story_command
    async def finish(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """End the story."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        finished = await self.stories.finish(member_of(interaction), channel_of(interaction), story_id)
        await self._say(interaction, "story.finished", finished)

    @story_command
    async def reopen(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Open a finished story again."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        reopened = await self.stories.reopen(member_of(interaction), channel_of(interaction), story_id)
        await self._say(interaction, "story.reopened", reopened)

    async def _to_tell(self, interaction: discord.Interaction, typed: str | None) -> Story:
        """Return the story that is meant; what keeps the member from changing it is said before a form opens."""
        story_id = await self.story_id(interaction, typed)
        return await self.stories.check_may_tell(member_of(interaction), channel_of(interaction), story_id)

    async def _set_memory(self, story_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        text, member = values["text"], member_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            story = await self.stories.set_memory(member, channel_of(interaction), text, story_id)
            unsaved.clear()
            await self._say(interaction, "story.memory_set", story)

    async def _set_note(self, story_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        text, member = values["text"], member_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            story = await self.stories.set_note(member, channel_of(interaction), text, story_id)
            unsaved.clear()
            await self._say(interaction, "story.note_set", story)

    async def _set_limits(self, story_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        """Change the limits and show them to who did alone, so that nobody else is told whose wish they are."""
        await acknowledge(interaction, ephemeral=True)
        lines, veils = values["lines"], values["veils"]
        async with giving_back(interaction, f"{lines}\n\n{veils}".strip()) as unsaved:
            member, channel = member_of(interaction), channel_of(interaction)
            story = await self.stories.set_limits(member, channel, lines, veils, story_id)
            unsaved.clear()
            await interaction.followup.send(embed=limits_card(story), ephemeral=True)

    async def _say(self, interaction: discord.Interaction, key: str, story: Story) -> None:
        name = plain(interaction.user.display_name)
        await interaction.followup.send(say(key, name=name, title=plain(story.title)))
