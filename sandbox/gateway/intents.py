"""Which events a bot asked to hear."""

from __future__ import annotations

from enum import IntFlag


class Intent(IntFlag):
    """The gateway intents that gate an event of this sandbox."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


_IN_GUILDS = {
    "CHANNEL": Intent.GUILDS,
    "THREAD": Intent.GUILDS,
    "GUILD_ROLE": Intent.GUILDS,
    "MESSAGE_REACTION": Intent.GUILD_MESSAGE_REACTIONS,
    "MESSAGE": Intent.GUILD_MESSAGES,
    "TYPING": Intent.GUILD_MESSAGE_TYPING,
}
_IN_DIRECT_MESSAGES = {
    "MESSAGE_REACTION": Intent.DIRECT_MESSAGE_REACTIONS,
    "MESSAGE": Intent.DIRECT_MESSAGES,
    "TYPING": Intent.DIRECT_MESSAGE_TYPING,
}


def needed_for(event: str, *, in_guild: bool) -> Intent:
    """Return the intent that lets an event through; none for interactions and the like."""
    table = _IN_GUILDS if in_guild else _IN_DIRECT_MESSAGES
    return next((intent for prefix, intent in table.items() if event.startswith(prefix)), Intent(0))
