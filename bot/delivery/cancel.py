"""The Cancel button under a message whose job has not ended."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

import discord

from bot.delivery.context import Interaction, member_of
from bot.delivery.failures import explained
from bot.delivery.views import SalonView
from bot.jobs.job import Job, JobState
from bot.jobs.queue import JobQueue
from bot.words import say

_TEMPLATE = r"cancel:(?P<job>\d+)"


class CancelButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_TEMPLATE):
    """Cancel the job whose id is in the custom id, in the queue that `cancel_button` gave the class."""

    queue: ClassVar[JobQueue]

    def __init__(self, job_id: int) -> None:
        super().__init__(discord.ui.Button(label=say("delivery.cancel"), custom_id=f"cancel:{job_id}"))
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
        """Cancel the job for whoever pressed; its message says so, and only what came too late is told beside it."""
        await interaction.response.defer()
        job = await self.queue.cancel(self._job_id, member_of(interaction))
        if job.state is not JobState.CANCELLED:
            await interaction.followup.send(cancelled_in_words(job), ephemeral=True)


def cancel_button(queue_of_jobs: JobQueue) -> type[CancelButton]:
    """Make the class of buttons that cancel jobs of a queue; the client must be told of it at its start."""

    class BoundCancelButton(CancelButton, template=_TEMPLATE):
        queue = queue_of_jobs

    return BoundCancelButton


def cancelled_in_words(job: Job) -> str:
    """Say to whoever cancelled a job whether that came in time."""
    return say("delivery.cancel_confirmed" if job.state is JobState.CANCELLED else "delivery.cancel_too_late")
