"""`/crit prices`: what holds in a server, for everyone to see and for admins to change."""

from __future__ import annotations

import discord
from discord.app_commands import Range

from bot.delivery.context import acknowledge, member_of
from bot.words import say
from cogs.commands import command
from cogs.crit.pages import prices_page
from cogs.crit.part import Part

Credits = Range[int, 0, 20]


class Pricing(Part):
    """The server's prices."""

    @command("crit")
    async def prices(
        self,
        interaction: discord.Interaction,
        asking: Credits | None = None,
        giving: Credits | None = None,
        helpful: Credits | None = None,
        start: Credits | None = None,
        ai: Credits | None = None,
        words: Range[int, 0, 1_000] | None = None,
        hours: Range[int, 1, 720] | None = None,
    ) -> None:
        """Change what is given, and show what holds."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        named = {"asking": asking, "giving": giving, "helpful": helpful, "start": start, "ai": ai}
        given = {name: value for name, value in (named | {"words": words, "hours": hours}).items() if value is not None}
        if given:
            prices = await self.readers.credits.change_prices(member, given)
            await interaction.followup.send(say("crit.prices_changed"), embed=prices_page(prices), ephemeral=True)
        else:
            prices = await self.readers.credits.prices(member.server_id)
            await interaction.followup.send(embed=prices_page(prices), ephemeral=True)
