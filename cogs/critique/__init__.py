"""The `/critique` commands, the command on messages, and the buttons under critiques."""

from __future__ import annotations

from collections.abc import Sequence

from discord.app_commands import ContextMenu, guild_only
from discord.ext import commands

from cogs.commands import message_command, told
from cogs.critique.drafting import Drafting
from cogs.critique.keeping import Keeping
from cogs.critique.picturing import Picturing
from cogs.critique.presses import Presses
from cogs.critique.wishes import Wishes


@guild_only()
class Critiques(
    Picturing,
    Drafting,
    Keeping,
    Presses,
    Wishes,
    commands.GroupCog,
    name="critique",
    group_description=told("critique"),
):
    """All of `/critique`."""

    def on_messages(self) -> Sequence[ContextMenu]:
        """Return the commands on messages, which discord.py takes from no cog."""
        return [
            message_command("critique", self.critique_message),
            message_command("critique_picture", self.critique_picture_message),
        ]
