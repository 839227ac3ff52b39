"""The X button: somebody asks to step back from a passage, and nobody is told who, nor asks why."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import discord

from bot.delivery.context import channel_of
from bot.delivery.draft import Page, final_pages
from bot.delivery.fields import edited
from bot.delivery.parts import parts_before
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
    texts = [page.content for page in _before_last(passage)]
    with suppress(discord.HTTPException):
        for part in await parts_before(last) if last and texts else ():
            if part.content in texts:
                await part.edit(**edited(Page(notice=say("story.stepped_back_part"))))


def _before_last(passage: Passage) -> Sequence[Page]:
    return final_pages(draft_of(passage))[:-1]
