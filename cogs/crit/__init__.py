"""The `/crit` commands, the buttons under offers and critiques, and telling authors what was written for them."""

from __future__ import annotations

from discord.app_commands import guild_only
from discord.ext import commands

from cogs.commands import told
from cogs.crit.giving import Giving
from cogs.crit.offering import Offering
from cogs.crit.own import Own
from cogs.crit.pricing import Pricing
from cogs.crit.waiting import Waiting


@guild_only()
class Crit(Offering, Waiting, Giving, Own, Pricing, commands.GroupCog, name="crit", group_description=told("crit")):
    """All of `/crit`."""
