"""The button that shows a private answer to its asker once its interaction's token is dead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, Self

import discord

from bot.delivery.context import Interaction, acknowledge, member_of
from bot.delivery.draft import Draft, all_pages
from bot.delivery.failures import explained
from bot.delivery.fields import sent
from bot.delivery.views import SalonView
from bot.people import Member
from bot.words import say

_TEMPLATE = r"show:(?P<job>\d+)"


class Answers(Protocol):
    """Knows what jobs came to."""

    async def answer_for(self, member: Member, job_id: int) -> Sequence[Draft]:
        """Draft a job's whole answer for its asker; raise `NotAllowed` for anyone else, `NotFound` if it is gone."""
        ...


class ShowButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_TEMPLATE):
    """Show the answer to the job whose id is in the custom id, out of the answers that `show_button` gave the class."""

    answers: ClassVar[Answers]

    def __init__(self, job_id: int) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=say("delivery.show_me"), custom_id=f"show:{job_id}", style=style))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button's state."""
        return cls(int(match["job"]))

    @classmethod
    def under(cls, job_id: int) -> SalonView:
        """Return a view with this button alone."""
        return SalonView(cls(job_id))

    @explained
    async def callback(self, interaction: Interaction) -> None:
        """Show the answer to whoever asked for it, and to her alone."""
        await acknowledge(interaction, ephemeral=True)
        for page in all_pages(await self.answers.answer_for(member_of(interaction), self._job_id)):
            await interaction.followup.send(**sent(page, None), ephemeral=True)


def show_button(answers_to_jobs: Answers) -> type[ShowButton]:
    """Make the class of buttons that show these answers; the client must be told of it at its start."""

    class BoundShowButton(ShowButton, template=_TEMPLATE):
        answers = answers_to_jobs

    return BoundShowButton
