"""The AI's finished passage as the answer to its job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.draft import Draft
from bot.jobs.job import Job
from bot.people import Member
from bot.stories.rules import Placement
from bot.stories.service import StoryService
from bot.words import say
from cogs.stories.show import draft_of, own_draft


class PassagePresenter:
    """Presents jobs of the kinds `story.continue` and `story.retry`."""

    def __init__(self, stories: StoryService) -> None:
        self._stories = stories

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Draft the passages that the member wrote when she asked."""
        asker = Member(job.member_id, "", job.server_id)
        own = [await self._stories.passage(asker, passage_id) for passage_id in job.asked.get("own_passage_ids", ())]
        return [replace(own_draft(own), view=None)] if own else []  # the buttons are below, under the answer

    async def present(self, job: Job) -> Draft:
        """Draft the passage that the job wrote, and say so where it stands apart from the story."""
        result = job.result or {}
        asker = Member(job.member_id, "", job.server_id)
        draft = draft_of(await self._stories.passage(asker, result["passage_id"]))
        if result.get("placement") == Placement.APART:
            return replace(draft, credit=f"{draft.credit} · {say('story.credit_apart')}")
        return draft
