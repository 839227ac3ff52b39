"""Asking for a scene of a story to be drawn."""

from __future__ import annotations

from bot.illustrations.desk import IllustrationDesk
from bot.illustrations.picture import SCENE, SceneWish
from bot.jobs.job import Job
from bot.people import Member
from bot.pictures.ask import Ask, Asker, told
from bot.pictures.asking import dice
from bot.pictures.picture import How, Spot
from bot.pictures.rules import size_of, usual_size
from bot.safety import clean_optional
from bot.stories.rules import STEER_MAX, check_length


class Asking(IllustrationDesk):
    """What puts a scene into the line."""

    async def illustrate(self, member: Member, spot: Spot, wish: SceneWish, story_id: int | None = None) -> Job:
        """Ask for a scene to be put into words by the language model and drawn from them, in one job."""
        card = await self.pictures.pipeline_for(spot.channel)
        steer = check_length(clean_optional(wish.steer), STEER_MAX, "stories.long_steer")
        style = await self.pictures.chosen_style(member, wish.style, card)
        story, passage = await self._place(member, spot.channel, story_id, wish.passage_id)
        await self._check_room(passage)
        ask = Ask(
            How.ILLUSTRATE,
            steer,  # until the model has written the prompt
            style,
            dice(),
            size_of(wish.shape, card) if wish.shape else usual_size(style, card),
            story_id=story.id,
            passage_id=passage.id,
            is_spoiler=wish.spoiler,
        )
        await self.pictures.within_limits(spot.channel, ask)
        return await self.pictures.submit(SCENE, member, spot, told(ask, Asker.at(member, spot)), story_id=story.id)
