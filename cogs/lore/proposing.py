"""`/lore propose`, and the buttons under what the AI proposes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord
from discord.app_commands import autocomplete

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.draft import all_pages
from bot.delivery.fields import edited
from bot.lore.card import Card
from bot.people import Channel, Member
from bot.words import say
from cogs.buttons import pressed
from cogs.commands import command
from cogs.lore.part import Part, as_typed, card_form, given_back, typed_in
from cogs.lore.presenter import OfferPresenter
from cogs.stories.part import StoryOption
from cogs.texts import giving_back


class Proposing(Part):
    """Cards that the AI proposes; a member decides on each."""

    @command("lore")
    @autocomplete(story=Part.suggest_stories)
    async def propose(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Let the AI propose cards from what was written since it last did."""
        reply = await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        await self.lore.propose(member_of(interaction), channel_of(interaction), reply, story_id)

    @pressed("lore_accept")
    async def accept_pressed(self, interaction: discord.Interaction, card_id: int) -> None:
        """Make the proposal a card, and show the next one."""
        await interaction.response.defer()
        await self._show_next(interaction, await self.lore.accept(*_who_where(interaction), card_id))

    @pressed("lore_decline")
    async def decline_pressed(self, interaction: discord.Interaction, card_id: int) -> None:
        """Put the proposal aside, and show the next one."""
        await interaction.response.defer()
        await self._show_next(interaction, await self.lore.decline(*_who_where(interaction), card_id))

    @pressed("lore_edit")
    async def edit_pressed(self, interaction: discord.Interaction, card_id: int) -> None:
        """Show the proposal's words to be changed, unless the member may not decide on it."""
        card = await self.lore.check_may_decide(*_who_where(interaction), card_id)
        form = card_form(say("lore.form_accept"), as_typed(card.wording), partial(self._accept_as, card_id))
        await interaction.response.send_modal(form)

    async def _accept_as(self, card_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await interaction.response.defer()
        typed = typed_in(values)
        async with giving_back(interaction, given_back(typed)) as unsaved:
            card = await self.lore.accept(*_who_where(interaction), card_id, typed)
            unsaved.clear()
            await self._show_next(interaction, card)

    async def _show_next(self, interaction: discord.Interaction, card: Card) -> None:
        """Let the message say what became of a card, and what is proposed next."""
        job = await self.lore.proposing_job(card)
        presenter = OfferPresenter(self.lore)
        first, *_ = all_pages([*await presenter.opening(job), await presenter.present(job)])
        await interaction.edit_original_response(**edited(first))


def _who_where(interaction: discord.Interaction) -> tuple[Member, Channel]:
    return member_of(interaction), channel_of(interaction)
