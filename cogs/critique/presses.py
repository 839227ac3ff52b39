"""What the buttons and menus under critiques do; only a critique's own author can use them."""

from __future__ import annotations

import discord

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.words import say
from cogs.buttons import pressed
from cogs.critique.controls import MODES, critique_controls
from cogs.critique.part import Part
from cogs.critique.show import draft_of, shared_draft
from cogs.stories.show import send_draft


class Presses(Part):
    """The controls of critiques."""

    @pressed("critique_share")
    async def share_pressed(self, interaction: discord.Interaction, critique_id: int) -> None:
        """Show a critique to everyone in the channel, once: what is shared loses the button."""
        await interaction.response.defer()
        member = member_of(interaction)
        critique = await self.critiques.shareable(member, channel_of(interaction), critique_id)
        await send_draft(interaction.followup.send, shared_draft(critique, member.name))
        await interaction.edit_original_response(view=critique_controls(critique, is_shared=True))

    @pressed("critique_delete")
    async def delete_pressed(self, interaction: discord.Interaction, critique_id: int) -> None:
        """Delete a critique, and the draft with it; nothing of it stays in view."""
        await interaction.response.defer()
        await self.critiques.delete(member_of(interaction), critique_id)
        said = say("critique.deleted")
        await interaction.edit_original_response(content=said, embeds=[], attachments=[], view=None)

    @pressed("critique_mode")
    async def mode_chosen(self, interaction: discord.Interaction, critique_id: int, number: int) -> None:
        """Have the draft read in another mode."""
        reply = await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        await self.critiques.again(member, channel, reply, critique_id, MODES[number])

    @pressed("critique_show")
    async def shown_again(self, interaction: discord.Interaction, critique_id: int) -> None:
        """Show a critique to its author once more."""
        await acknowledge(interaction, ephemeral=True)
        critique = await self.critiques.of(member_of(interaction), critique_id)

        async def send(**fields: object) -> None:
            await interaction.followup.send(ephemeral=True, **fields)  # type: ignore[call-overload]

        await send_draft(send, draft_of(critique))
