"""What the buttons under passages do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.fields import edited
from bot.jobs.job import ReplyPlace
from bot.stories.rules import STEER_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.forms import Field, Form
from cogs.stories.part import Part
from cogs.stories.show import last_page, mark_earlier, show_in_place, taken_back
from cogs.texts import giving_back


class Presses(Part):
    """The buttons under passages; each knows its passage's id."""

    @pressed("continue")
    async def continue_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Let the AI write on, in a new message."""
        await self._continue(interaction, passage_id, "")

    @pressed("go_on")
    async def go_on_pressed(self, interaction: discord.Interaction, story_id: int) -> None:
        """Let the AI begin a story, or write on after a member's words."""
        await self._go_on(interaction, await acknowledge(interaction), story_id)

    @pressed("steer")
    async def steer_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Ask where the story should go, unless the AI may not write on; then let it."""
        member = member_of(interaction)
        passage = await self.stories.passage(member, passage_id)
        await self.stories.check_may_ask(member, channel_of(interaction), passage.story_id)
        field = Field(say("story.form_steer_label"), "steer", most=STEER_MAX)
        await interaction.response.send_modal(Form(say("story.form_steer"), [field], partial(self._steer, passage_id)))

    @pressed("retry")
    async def retry_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Let the AI write the passage anew, in a new message."""
        reply = await acknowledge(interaction)
        await self.stories.retry(member_of(interaction), channel_of(interaction), reply, passage_id)

    @pressed("undo")
    async def undo_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Take the passage back and say so in its message."""
        await interaction.response.defer()
        member = member_of(interaction)
        undone = await self.stories.undo_passage(member, channel_of(interaction), passage_id)
        await interaction.edit_original_response(**edited(taken_back(undone.passage, member.name)))
        await mark_earlier(interaction.message, taken_back=True)

    @pressed("redo")
    async def redo_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Put the story where this passage ends if it is not in it again, and show it again."""
        await interaction.response.defer()
        passage = await self.stories.bring_back(member_of(interaction), channel_of(interaction), passage_id)
        await interaction.edit_original_response(
            **edited(last_page(passage, ai_speaks=await self.ai_speaks(interaction)))
        )
        await mark_earlier(interaction.message, taken_back=False)

    @pressed("earlier")
    async def earlier_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Turn to the alternative before this one."""
        await self._turn(interaction, passage_id, -1)

    @pressed("later")
    async def later_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Turn to the alternative after this one."""
        await self._turn(interaction, passage_id, 1)

    async def _steer(self, passage_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await self._continue(interaction, passage_id, values["steer"])

    async def _continue(self, interaction: discord.Interaction, passage_id: int, steer: str) -> None:
        reply = await acknowledge(interaction)
        async with giving_back(interaction, steer) as unsaved:
            passage = await self.stories.passage(member_of(interaction), passage_id)
            await self._go_on(interaction, reply, passage.story_id, steer)
            unsaved.clear()

    async def _go_on(self, interaction: discord.Interaction, reply: ReplyPlace, story_id: int, steer: str = "") -> None:
        member, channel = member_of(interaction), channel_of(interaction)
        await self.stories.continue_story(member, channel, reply, steer=steer, story_id=story_id)

    async def _turn(self, interaction: discord.Interaction, passage_id: int, step: int) -> None:
        await interaction.response.defer()
        member = member_of(interaction)
        before = await self.stories.passage(member, passage_id)
        now = await self.stories.alternative(member, channel_of(interaction), passage_id, step)
        await show_in_place(interaction, before, now, ai_speaks=await self.ai_speaks(interaction))
