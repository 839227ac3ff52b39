"""What a member can see: a story's title is shown to those who may read its channel."""

from __future__ import annotations

import discord


def may_see(interaction: discord.Interaction, channel_id: int) -> bool:
    """Say whether the member may read a channel or thread; one that is gone, or private and unknown, they may not."""
    guild, user = interaction.guild, interaction.user
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if channel is None or not isinstance(user, discord.Member):
        return False
    return channel.permissions_for(user).read_messages
