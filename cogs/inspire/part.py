"""What all parts of `/inspire` share."""

from __future__ import annotations

from discord.ext import commands

from bot.inspiration.service import InspirationService
from bot.pictures.service import PictureService
from bot.stories.service import StoryService


class Part(commands.Cog):
    """A part of `/inspire`."""

    def __init__(self, *, inspirations: InspirationService, stories: StoryService, pictures: PictureService) -> None:
        self.inspirations = inspirations
        self.stories = stories
        self.pictures = pictures
