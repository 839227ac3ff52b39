"""What a member can see: a story's title is shown to those who may read its channel."""

from __future__ import annotations

import discord


def may_see(interaction: discord.Interaction, channel_id: int) -> bool:
    """Say whether the member may read a channel or thread; one that is gone they may not.

    Who is in a private thread is not known to the bot: from elsewhere only those see it who see every thread.
    """
    if channel_id == interaction.channel_id:
        return True
    channel = interaction.guild.get_channel_or_thread(channel_id) if interaction.guild else None
    if channel is None or not isinstance(interaction.user, discord.Member):
        return False
    if not isinstance(channel, discord.Thread):
        return channel.permissions_for(interaction.user).read_messages
    if channel.parent is None:
        return False
    granted = channel.permissions_for(interaction.user)
    return granted.manage_threads if channel.is_private() else granted.read_messages
