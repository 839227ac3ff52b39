"""The `/story` commands and the buttons under passages."""

from __future__ import annotations

from discord.app_commands import guild_only
from discord.ext import commands

from cogs.commands import told
from cogs.stories.chapters import ChapterPart
from cogs.stories.checking import Checking
from cogs.stories.choosing import Choosing
from cogs.stories.illustrating import Illustrating
from cogs.stories.keeping import Keeping
from cogs.stories.presses import Presses
from cogs.stories.reading import Reading
from cogs.stories.steering import Steering
from cogs.stories.stepping_back import SteppingBack
from cogs.stories.writing import Writing


@guild_only()
class Stories(
    Writing,
    Steering,
    Choosing,
    ChapterPart,
    Checking,
    Illustrating,
    Reading,
    Keeping,
    Presses,
    SteppingBack,
    commands.GroupCog,
    name="story",
    group_description=told("story"),
):
    """All of `/story`."""
