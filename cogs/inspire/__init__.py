"""`/inspire`, its command on messages, and the buttons under directions."""

from __future__ import annotations

from collections.abc import Sequence

from discord.app_commands import ContextMenu

from cogs.commands import message_command
from cogs.inspire.asking import Asking
from cogs.inspire.presses import Presses


class Inspire(Asking, Presses):
    """All of `/inspire`."""

    def on_messages(self) -> Sequence[ContextMenu]:
        """Return the command on messages, which discord.py takes from no cog."""
        return [message_command("inspire", self.inspire_message)]
