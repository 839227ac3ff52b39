"""An interaction as Salon's own values: who asks, where, and where the answer goes."""

from __future__ import annotations

from typing import Any

import discord

from bot.errors import NotAllowed
from bot.jobs.job import ReplyPlace
from bot.people import Channel, Member

Interaction = discord.Interaction[Any]

THINKS_IN_PUBLIC = "thinks in public"
"""Kept in an interaction's extras, for whoever has to answer it privately after all."""


def member_of(interaction: Interaction) -> Member:
    """Return who asks; `NotAllowed` outside of a server."""
    user, permissions = interaction.user, interaction.permissions
    return Member(
        id=user.id,
        name=user.display_name,
        server_id=_server_of(interaction),
        is_admin=permissions.manage_guild or permissions.administrator,
        role_ids=tuple(role.id for role in user.roles) if isinstance(user, discord.Member) else (),
    )


def channel_of(interaction: Interaction) -> Channel:
    """Return where it is asked; `NotAllowed` outside of a server."""
    server_id, channel = _server_of(interaction), interaction.channel
    if channel is None or isinstance(channel, discord.DMChannel | discord.GroupChannel):
        raise NotAllowed("errors.only_in_servers")
    parent_id = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Channel(channel.id, server_id, parent_id, is_age_restricted=channel.is_nsfw())


async def acknowledge(interaction: Interaction, *, ephemeral: bool = False) -> ReplyPlace:
    """Answer within Discord's three seconds that an answer will come, and return where it goes.

    Of a job that answers an ephemeral one nobody but its asker ever sees anything.
    """
    assert interaction.channel_id is not None, "whatever can be answered with a message comes from a channel"
    callback = await interaction.response.defer(thinking=True, ephemeral=ephemeral)
    interaction.extras[THINKS_IN_PUBLIC] = not ephemeral
    return ReplyPlace(
        channel_id=interaction.channel_id,
        message_id=callback.message_id if callback else None,
        interaction_token=interaction.token,
        token_expires_at=interaction.expires_at,
        is_private=ephemeral,
    )


def _server_of(interaction: Interaction) -> int:
    if interaction.guild_id is None:
        raise NotAllowed("errors.only_in_servers")
    return interaction.guild_id
