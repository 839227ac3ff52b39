"""`/queue`: the line in front of the device, as those who wait see it."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.app_commands import Choice, Range, autocomplete, guild_only
from discord.ext import commands

from bot.delivery.cancel import cancelled_in_words
from bot.delivery.context import acknowledge, member_of
from bot.delivery.live import place_in_words
from bot.errors import NotFound
from bot.jobs.job import Job, JobState, JobView
from bot.jobs.queue import JobQueue
from bot.people import Member
from bot.words import say
from cogs.choices import MOST_CHOICES, id_in
from cogs.commands import command, told
from cogs.shown import COLOUR, fitted


@guild_only()
class Line(commands.GroupCog, name="queue", group_description=told("queue")):
    """See the line and leave it."""

    def __init__(self, *, queue: JobQueue) -> None:
        self.queue = queue

    async def suggest_requests(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer what the member may cancel: their own requests, an admin any."""
        member = member_of(interaction)
        views = await self._cancellable(member)
        choices = [Choice(name=_request(view, member), value=f"#{view.job.id}") for view in views]
        return [choice for choice in choices if typed.casefold() in choice.name.casefold()][:MOST_CHOICES]

    @command("queue")
    async def show(self, interaction: discord.Interaction) -> None:
        """Show the line, the member's own requests marked."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        views = await self.queue.line(member.server_id)
        quiet = await self.queue.in_background(member.server_id)
        await interaction.followup.send(embed=_page(views, quiet, member), ephemeral=True)

    @command("queue")
    @autocomplete(request=suggest_requests)
    async def cancel(self, interaction: discord.Interaction, request: Range[str, 1, 20] | None = None) -> None:
        """Cancel a request."""
        await acknowledge(interaction, ephemeral=True)
        member = member_of(interaction)
        job = await self.queue.cancel(await self._chosen(member, request), member)
        await interaction.followup.send(cancelled_in_words(job), ephemeral=True)

    async def _chosen(self, member: Member, picked: str | None) -> int:
        """Return the picked job, or the member's own latest."""
        own = [view.job.id for view in await self.queue.line(member.server_id) if view.job.member_id == member.id]
        chosen = max(own, default=None) if picked is None else id_in(picked)
        if chosen is None:
            raise NotFound("queue.nothing_of_yours" if picked is None else "queue.choose")
        return chosen

    async def _cancellable(self, member: Member) -> list[JobView]:
        views = await self.queue.line(member.server_id)
        return [view for view in views if member.is_admin or view.job.member_id == member.id]


def _page(views: Sequence[JobView], quiet: Sequence[Job], member: Member) -> discord.Embed:
    lines = [_line(view, view.job.member_id == member.id) for view in views] or [say("queue.empty")]
    embed = discord.Embed(title=say("queue.title"), description=fitted(lines), colour=COLOUR)
    if quiet:
        kinds = dict.fromkeys(_kind(job) for job in quiet)
        embed.set_footer(text=say("queue.quiet", kinds=", ".join(kinds)))
    return embed


def _line(view: JobView, is_own: bool) -> str:
    key = "queue.line_own" if is_own else "queue.line"
    return say(key, state=_state(view), kind=_kind(view.job), member=view.job.member_id)


def _request(view: JobView, member: Member) -> str:
    """Name a request in one plain line; a choice shows no mentions."""
    yours = say("queue.yours") if view.job.member_id == member.id else ""
    return " · ".join(filter(None, [f"#{view.job.id}", yours, _kind(view.job), _state(view)]))


def _state(view: JobView) -> str:
    return say("queue.running") if view.job.state is JobState.RUNNING else place_in_words(view)


def _kind(job: Job) -> str:
    return say(f"queue.{job.kind.replace('.', '_')}")
