"""`/crit offer`: putting a draft into the line, and taking it out again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord
from discord.app_commands import Range

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import BadInput
from bot.readers.draft import NewDraft
from bot.readers.rules import WARNING_MAX, WISH_MAX
from bot.stories.rules import TITLE_MAX
from bot.words import say
from cogs.buttons import pressed
from cogs.commands import command
from cogs.crit.pages import offer_card
from cogs.crit.part import Part
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.texts import document_of, giving_back

Typed = Range[str, 1, 6_000]  # what Discord lets one type into an option


class Offering(Part):
    """Drafts on their way into the line and out of it."""

    @command("crit")
    async def offer(
        self,
        interaction: discord.Interaction,
        title: Range[str, 1, TITLE_MAX],
        text: Typed = "",
        file: discord.Attachment | None = None,
        wish: Range[str, 1, WISH_MAX] = "",
        warning: Range[str, 1, WARNING_MAX] = "",
        public: bool = False,
    ) -> None:
        """Offer a draft to readers."""
        new = NewDraft(title, text, wish, warning, public)
        if text and file:
            async with giving_back(interaction, text):
                raise BadInput("texts.text_or_file")
        elif text or file:
            await self._offer(interaction, new, file)
        else:
            await self._ask_for_draft(interaction, new)

    @pressed("crit_withdraw")
    async def withdraw_pressed(self, interaction: discord.Interaction, draft_id: int) -> None:
        """Take a draft out of the line."""
        await acknowledge(interaction, ephemeral=True)
        draft, credit = await self.readers.withdraw(member_of(interaction), draft_id)
        said = say("crit.withdrawn", title=plain(draft.title), count=credit)
        await interaction.followup.send(said, ephemeral=True)

    async def _ask_for_draft(self, interaction: discord.Interaction, new: NewDraft) -> None:
        """Open a form for the text, unless the member may not offer anything now."""
        await self.readers.check_may_offer(member_of(interaction))
        fields = [
            Field(say("crit.form_text")),
            Field(say("crit.form_wish"), "wish", new.wish, WISH_MAX, required=False),
            Field(say("crit.form_warning"), "warning", new.warning, WARNING_MAX, is_long=False, required=False),
        ]
        await interaction.response.send_modal(Form(say("crit.form_offer"), fields, partial(self._draft_written, new)))

    async def _draft_written(self, new: NewDraft, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        filled = NewDraft(new.title, values["text"], values["wish"], values["warning"], new.is_public)
        await self._offer(interaction, filled)

    async def _offer(
        self, interaction: discord.Interaction, new: NewDraft, file: discord.Attachment | None = None
    ) -> None:
        await acknowledge(interaction)
        async with giving_back(interaction, new.text) as unsaved:
            if file:
                new = NewDraft(new.title, await document_of(file), new.wish, new.warning, new.is_public)
            draft = await self.readers.offer(member_of(interaction), channel_of(interaction), new)
            unsaved.clear()
            await interaction.followup.send(**offer_card(draft))
