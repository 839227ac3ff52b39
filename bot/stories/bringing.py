"""What the AI wrote outside of any story, put into one: it stays the AI's, and says who had it written."""

from __future__ import annotations

from dataclasses import dataclass

from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.safety import clean_text
from bot.stories.continuing import AI_NAME
from bot.stories.rules import PASSAGE_MAX, check_length
from bot.stories.steering import Steering
from bot.stories.story import MoveKind, NewPassage, Passage


@dataclass(frozen=True, slots=True)
class Made:
    """What made a text: model, style, seed and job."""

    model: str
    style: str | None
    seed: int
    job_id: int


class Bringing(Steering):
    """What comes into a story from elsewhere in the house."""

    async def bring(
        self, member: Member, channel: Channel, text: str, made: Made, story_id: int | None = None
    ) -> Passage:
        """Put a job's text after a story's last passage; where it was brought before, bring that passage back."""
        text = check_length(clean_text(text), PASSAGE_MAX, "stories.long_passage")
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)
        async with self.database.transaction():
            brought = await self.stories.passage_of_job(made.job_id)
            if brought is not None:
                return await self.bring_back(member, channel, brought.id)
            story = await self._unfinished(channel, story_id)
            passage = await self.stories.append(
                NewPassage(
                    story_id=story.id,
                    parent_id=story.tip_id,
                    author_id=None,
                    author_name=AI_NAME,
                    text=text,
                    by_ai=True,
                    asked_by_id=member.id,
                    model=made.model,
                    style=made.style,
                    seed=made.seed,
                    job_id=made.job_id,
                ),
                self.clock(),
            )
            await self.stories.move(story, MoveKind.ADD, passage.id, member.id, self.clock())
            return passage
