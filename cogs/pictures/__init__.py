"""The `/picture` commands, the commands on pictures in messages, and the buttons under pictures."""

from __future__ import annotations

from collections.abc import Sequence

from discord.app_commands import ContextMenu, guild_only
from discord.ext import commands

from cogs.commands import message_command, told
from cogs.pictures.asking import Asking
from cogs.pictures.deleting import Deleting
from cogs.pictures.describing import Describing
from cogs.pictures.in_story import InStory
from cogs.pictures.messages import OnMessages
from cogs.pictures.presses import Presses
from cogs.pictures.shelf import Shelf


@guild_only()
class Pictures(
    Asking,
    Describing,
    InStory,
    OnMessages,
    Presses,
    Deleting,
    Shelf,
    commands.GroupCog,
    name="picture",
    group_description=told("picture"),
):
    """All of `/picture`."""

    def on_messages(self) -> Sequence[ContextMenu]:
        """Return the commands on messages, which discord.py takes from no cog."""
        return [
            message_command("describe", self.describe_message),
            message_command("edit", self.edit_message),
            message_command("story", self.use_in_story),
        ]
