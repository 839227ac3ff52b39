"""The `/lore` commands and the buttons under cards."""

from __future__ import annotations

from discord.app_commands import guild_only
from discord.ext import commands

from cogs.commands import told
from cogs.lore.keeping import Keeping
from cogs.lore.listing import Listing
from cogs.lore.proposing import Proposing


@guild_only()
class Lore(Keeping, Listing, Proposing, commands.GroupCog, name="lore", group_description=told("lore")):
    """All of `/lore`."""
