"""`/story illustrate`: a scene of the story, put into words and drawn."""

from __future__ import annotations

import discord
from discord.app_commands import Choice, autocomplete, choices

from bot.delivery.context import member_of
from bot.errors import NotFound
from bot.illustrations.picture import SceneWish
from cogs.choices import choices_of, id_in
from cogs.spots import spot_of
from cogs.stories.part import Part, PassageOption, StoryOption, story_command
from cogs.stories.steering import Steer
from cogs.style_names import StyleOption, style_choices
from cogs.texts import giving_back
from models.requests import Shape


class Illustrating(Part):
    """Pictures of scenes."""

    async def suggest_picture_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's picture styles, those that suit the pipeline first."""
        styles = await self.illustrations.pictures.styles_for(member_of(interaction).server_id)
        return style_choices(styles, typed)

    @autocomplete(style=suggest_picture_styles)
    @story_command
    @choices(shape=choices_of(Shape))
    async def illustrate(
        self,
        interaction: discord.Interaction,
        passage: PassageOption | None = None,
        style: StyleOption | None = None,
        shape: str | None = None,
        steer: Steer = "",
        spoiler: bool = False,
        story: StoryOption | None = None,
    ) -> None:
        """Have a scene drawn."""
        spot = await spot_of(interaction)
        async with giving_back(interaction, steer) as unsaved:
            story_id = await self.story_id(interaction, story)
            wish = SceneWish(_chosen(passage), steer, style, Shape(shape) if shape else None, spoiler)
            await self.illustrations.illustrate(member_of(interaction), spot, wish, story_id)
            unsaved.clear()


def _chosen(picked: str | None) -> int | None:
    """Return the id of a picked passage; None is the one the story stands at."""
    if picked is None:
        return None
    passage_id = id_in(picked)
    if passage_id is None:
        raise NotFound("story.passage_not_found")
    return passage_id
