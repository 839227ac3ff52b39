"""`/story propose`: ways on that the AI writes side by side, and the vote on them."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord.app_commands import Range, choices

from bot.choosing.rules import LEAST, MINUTES_MOST, MINUTES_USUAL, MOST, USUAL
from bot.choosing.service import ChoosingService, ProposalWish
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.stories.story import Length
from cogs.buttons import pressed
from cogs.choices import choices_of
from cogs.stories.ballots import ballot_buttons
from cogs.stories.part import Part, StoryOption, story_command
from cogs.stories.steering import Steer
from cogs.texts import giving_back


class Choosing(Part):
    """What people choose together."""

    def __init__(self, *, choosing: ChoosingService, **services: Any) -> None:
        super().__init__(**services)
        self.choosing = choosing
        self._counting = WeakValueDictionary[int, asyncio.Lock]()

    @story_command
    @choices(length=choices_of(Length))
    async def propose(
        self,
        interaction: discord.Interaction,
        count: Range[int, LEAST, MOST] = USUAL,
        minutes: Range[int, 1, MINUTES_MOST] = MINUTES_USUAL,
        steer: Steer = "",
        length: str | None = None,
        story: StoryOption | None = None,
    ) -> None:
        """Have several continuations written, to vote on."""
        reply = await acknowledge(interaction)
        async with giving_back(interaction, steer) as unsaved:
            story_id = await self.story_id(interaction, story)
            wish = ProposalWish(count, minutes, steer, Length(length) if length else None)
            await self.choosing.propose(member_of(interaction), channel_of(interaction), reply, wish, story_id)
            unsaved.clear()

    @pressed("vote")
    async def vote_pressed(self, interaction: discord.Interaction, ballot_id: int, number: int) -> None:
        """Count a vote and show it, each after the one before; what was closed meanwhile is shown as closed."""
        await interaction.response.defer()
        async with self._counting.setdefault(ballot_id, asyncio.Lock()):
            ballot = await self.choosing.vote(member_of(interaction), channel_of(interaction), ballot_id, number)
            await interaction.edit_original_response(view=ballot_buttons(ballot))
        now = await self.choosing.ballot(ballot_id)
        if now.closed_at is not None:
            await self.choosing.tell_again(now)

    @pressed("close_vote")
    async def close_pressed(self, interaction: discord.Interaction, ballot_id: int) -> None:
        """Close a vote before its time; its message then shows what won."""
        await interaction.response.defer()
        await self.choosing.close_now(member_of(interaction), channel_of(interaction), ballot_id)
