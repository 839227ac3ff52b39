"""`/story continue`, `retry`, `undo`, `redo` and `branches`: where the story goes."""

from __future__ import annotations

import discord
from discord.app_commands import Range, choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.stories.rules import STEER_MAX
from bot.stories.story import Length
from bot.words import say
from cogs.buttons import pressed
from cogs.choices import choices_of, first_words
from cogs.shown import plain
from cogs.stories.branches import branches_answer
from cogs.stories.controls import passage_buttons, redo_button
from cogs.stories.part import Part, PassageText, StoryOption, story_command
from cogs.stories.show import draft_of, send_draft
from cogs.texts import giving_back

Steer = Range[str, 1, STEER_MAX]


class Steering(Part):
    """Where the story goes."""

    @story_command
    @choices(length=choices_of(Length))
    async def continue_(
        self,
        interaction: discord.Interaction,
        text: PassageText = "",
        steer: Steer = "",
        length: str | None = None,
        story: StoryOption | None = None,
    ) -> None:
        """Let the AI write on, after a passage of one's own if there is one."""
        reply = await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        async with giving_back(interaction, text) as unsaved:
            story_id = await self.story_id(interaction, story)
            size = Length(length) if length else None
            await self.stories.continue_story(member, channel, reply, text, steer, size, story_id)
            unsaved.clear()

    @story_command
    async def retry(
        self, interaction: discord.Interaction, steer: Steer = "", story: StoryOption | None = None
    ) -> None:
        """Let the AI write its latest passage anew."""
        reply = await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        async with giving_back(interaction, steer) as unsaved:
            story_id = await self.story_id(interaction, story)
            await self.stories.retry(member, channel, reply, steer=steer, story_id=story_id)
            unsaved.clear()

    @story_command
    async def undo(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Take back the latest passage."""
        await acknowledge(interaction)
        member = member_of(interaction)
        story_id = await self.story_id(interaction, story)
        undone = await self.stories.undo(member, channel_of(interaction), story_id)
        words = plain(first_words(undone.passage))
        said = say("story.undone", name=plain(member.name), words=words)
        await interaction.followup.send(said, view=redo_button(undone.passage.id))

    @story_command
    async def redo(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Bring back what was taken back last, which its own message still has word for word."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        member = member_of(interaction)
        passage = await self.stories.redo(member, channel_of(interaction), story_id)
        said = say("story.redone", name=plain(member.name), words=plain(first_words(passage)))
        buttons = passage_buttons(passage, ai_speaks=await self.ai_speaks(interaction))
        await interaction.followup.send(said, view=buttons)

    @story_command
    async def branches(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Show the tree, with a menu of its ends."""
        await acknowledge(interaction, ephemeral=True)
        story_id = await self.story_id(interaction, story)
        tree = await self.stories.tree(member_of(interaction), channel_of(interaction), story_id)
        await interaction.followup.send(**await branches_answer(tree), ephemeral=True)

    @pressed("go_to")
    async def branch_chosen(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Put the story at the chosen end, and show everyone how it now ends."""
        await acknowledge(interaction)
        member = member_of(interaction)
        story = await self.stories.go_to(member, channel_of(interaction), passage_id)
        await interaction.followup.send(say("story.gone_to", name=plain(member.name), title=plain(story.title)))
        passage = await self.stories.passage(member, passage_id)
        await send_draft(interaction.followup.send, draft_of(passage, ai_speaks=await self.ai_speaks(interaction)))
