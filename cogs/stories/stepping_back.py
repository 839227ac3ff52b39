"""The X button: somebody asks to step back from a passage, and nobody is told who, nor asks why."""

from __future__ import annotations

from contextlib import suppress

import discord

from bot.delivery.context import channel_of
from bot.delivery.draft import Page, address_of, final_pages
from bot.delivery.fields import edited
from bot.delivery.parts import MOST_MESSAGES
from bot.stories.story import Passage
from bot.words import say
from cogs.buttons import pressed
from cogs.stories.controls import story_buttons
from cogs.stories.part import Part
from cogs.stories.show import draft_of


class SteppingBack(Part):
    """The X of tabletop games: neither the press nor what follows names who pressed, in Discord or in the log."""

    @pressed("step_back")
    async def step_back_pressed(self, interaction: discord.Interaction, passage_id: int) -> None:
        """Step back from the passage, and veil it."""
        await interaction.response.defer()
        undone = await self.stories.step_back(channel_of(interaction), passage_id)
        view = story_buttons(undone.story.id, ai_speaks=await self.ai_speaks(interaction))
        veil = Page(notice=say("story.stepped_back"), view=lambda: view)
        await interaction.edit_original_response(**edited(veil))
        await _veil_earlier(interaction.message, undone.passage)


async def _veil_earlier(last: discord.Message | None, passage: Passage) -> None:
    """Veil the messages of a long passage before its last, wherever they are found and can be."""
    texts = _before_last(passage)
    if last is None or not texts:
        return
    with suppress(discord.HTTPException):
        async for message in last.channel.history(before=last, limit=MOST_MESSAGES):
            if message.author.id == last.author.id and message.content in texts:
                await message.edit(**edited(Page(notice=say("story.stepped_back_part"))))


def _before_last(passage: Passage) -> frozenset[str]:
    """Return what the messages before the last say, where who asked for it was called to the first and where not."""
    addresses = ["", address_of(passage.asked_by_id)] if passage.asked_by_id else [""]
    draft = draft_of(passage)
    return frozenset(page.content for address in addresses for page in final_pages(draft, address)[:-1])
