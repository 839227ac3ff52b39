"""`/story check`: what contradicts itself in a story, with the two places that do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.continuity.service import ContinuityService, Place, Report
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.draft import Draft
from bot.jobs.asker import asker_of
from bot.jobs.job import Job
from bot.words import say
from cogs.shown import plain
from cogs.stories.part import Part, StoryOption, story_command


class Checking(Part):
    """Checking a story; the answer is for all who write it."""

    def __init__(self, *, continuity: ContinuityService, **shared: Any) -> None:
        super().__init__(**shared)
        self.continuity = continuity

    @story_command
    async def check(self, interaction: discord.Interaction, story: StoryOption | None = None) -> None:
        """Have the AI look for contradictions."""
        reply = await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        await self.continuity.check(member_of(interaction), channel_of(interaction), reply, story_id)


class CheckPresenter:
    """Presents jobs of the kind `story.check`."""

    def __init__(self, continuity: ContinuityService) -> None:
        self._continuity = continuity

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Say above the findings who asked for them, and which part is read just now."""
        parts = len(job.asked["starts"])
        key = "continuity.asks" if parts == 1 or job.state.has_ended else "continuity.asks_part"
        name, title = plain(asker_of(job).name), plain(job.asked["title"])
        return [Draft(say(key, name=name, title=title, part=job.asked["part"] + 1, parts=parts), heads=True)]

    async def present(self, job: Job) -> Draft:
        """Draft what was found, and honestly what was read and left out."""
        credit = say("continuity.credit", model=self._continuity.engine.card.name)
        return Draft(report_in_words(await self._continuity.report(job)), credit, say("delivery.goes_on"))


def report_in_words(report: Report) -> str:
    """Tell what was found, what was read, and what is left out."""
    found = [line for number, one in enumerate(report.found, 1) for line in _found(number, *one)]
    told = [*report.said, *found]
    read = say("continuity.read" if told else "continuity.none", first=report.first, last=report.last)
    return "\n".join([*told, f"-# {read}" if told else read, *_left_out(report)])


def _found(number: int, first: Place, second: Place, what: str) -> list[str]:
    return [say("continuity.found", number=number, what=plain(what)), _place(first), _place(second)]


def _place(place: Place) -> str:
    words = plain(" ".join(place.words.split()))
    return say("continuity.place", words=words, number=place.number, author=plain(place.author))


def _left_out(report: Report) -> list[str]:
    counts = {"untrue": report.untrue, "changed": report.changed}
    return [
        f"-# {say(f'continuity.{name}_one' if count == 1 else f'continuity.{name}', count=count)}"
        for name, count in counts.items()
        if count
    ]
