"""The desk everything about pictures in stories is done at: its collaborators, and finding the passage meant."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cast.service import CastService
from bot.clock import Clock
from bot.database import Database
from bot.illustrations import rules
from bot.illustrations.store import StoryPictureStore
from bot.people import Channel, Member
from bot.pictures.service import PictureService
from bot.stories.service import StoryService
from bot.stories.story import Passage, Story


@dataclass(frozen=True)
class IllustrationDesk:
    """What drawing scenes, tying pictures and showing them share."""

    database: Database
    ties: StoryPictureStore
    stories: StoryService
    cast: CastService
    pictures: PictureService
    clock: Clock

    async def _place(
        self, member: Member, channel: Channel, story_id: int | None, passage_id: int | None
    ) -> tuple[Story, Passage]:
        """Return the passage of the current branch that a picture goes to, with its story."""
        story = await self.stories.story(member, channel, story_id)
        return story, rules.passage_for(await self.stories.passages(member, channel, story.id), passage_id)

    async def _check_room(self, passage: Passage) -> None:
        """Raise `NotAllowed` where no more pictures fit beside a passage."""
        rules.check_room([tie for tie in await self.ties.of_story(passage.story_id) if tie.passage_id == passage.id])
