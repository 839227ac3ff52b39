"""Views and modals whose failures end as sentences, like those of commands."""

from __future__ import annotations

from typing import Any

import discord

from bot.delivery.failures import explain


class SalonView(discord.ui.View):
    """A row of buttons without an end of life: their state is in their custom ids."""

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, item: discord.ui.Item[Any], /
    ) -> None:
        """Tell the member."""
        await explain(interaction, error)


class SalonModal(discord.ui.Modal):
    """A form to fill in."""

    # discord.py's own Modal narrows the signature of its base in this way.
    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override]
        """Tell the member."""
        await explain(interaction, error)
