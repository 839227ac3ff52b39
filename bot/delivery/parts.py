"""Which messages a long answer goes on in: its first one's replies that the bot sent by itself."""

from __future__ import annotations

import discord

MOST_MESSAGES = 100
"""As many as one request brings, since others may write between an answer's first message and its next."""


def continues(message: discord.Message, head_id: int, bot_id: int) -> bool:
    """Tell a continuation from somebody else's reply, and from our answer to a button pressed under the head."""
    is_reply = message.reference is not None and message.reference.message_id == head_id
    return message.author.id == bot_id and is_reply and message.interaction_metadata is None


async def parts_before(last: discord.Message) -> list[discord.Message]:
    """Find the messages of an answer before its last, oldest first; none where it did not go on by itself."""
    if last.reference is None or last.reference.message_id is None or last.interaction_metadata is not None:
        return []
    head_id, bot_id = last.reference.message_id, last.author.id
    since = last.channel.history(after=discord.Object(head_id - 1), before=last, limit=MOST_MESSAGES, oldest_first=True)
    return [message async for message in since if message.id == head_id or continues(message, head_id, bot_id)]
