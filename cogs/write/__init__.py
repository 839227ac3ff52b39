"""The `/write` commands and the buttons under pieces."""

from __future__ import annotations

from discord.app_commands import guild_only
from discord.ext import commands

from cogs.commands import told
from cogs.write.asking import Asking
from cogs.write.presses import Presses
from cogs.write.remaking import Remaking


@guild_only()
class Write(Asking, Remaking, Presses, commands.GroupCog, name="write", group_description=told("write")):
    """All of `/write`."""
