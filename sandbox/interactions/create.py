"""INTERACTION_CREATE: what the bot hears when a person uses it."""

from __future__ import annotations

from sandbox.core import Core
from sandbox.errors import NotAnswered
from sandbox.interactions.registry import Interaction, Kind
from sandbox.limits.messages import MAX_FILE_BYTES
from sandbox.payloads.channels import interaction_channel_json
from sandbox.payloads.messages import message_json
from sandbox.payloads.users import acting_member_json, user_json
from sandbox.permissions import in_channel
from sandbox.wire import Json
from sandbox.world import ChannelRecord

NO_ANSWER = "The application did not respond"


async def ask_bot(core: Core, interaction: Interaction, data: Json) -> Interaction:
    """Send an interaction and wait for its acknowledgement; NotAnswered after three seconds."""
    interaction.metadata = _metadata(core, interaction) | interaction.metadata
    channel = core.world.channels[interaction.channel_id]
    core.hub.dispatch("INTERACTION_CREATE", _payload(core, interaction, channel, data), channel.guild_id)
    if not await core.interactions.wait_for_answer(interaction):
        raise NotAnswered(NO_ANSWER)
    return interaction


def _payload(core: Core, interaction: Interaction, channel: ChannelRecord, data: Json) -> Json:
    world = core.world
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": interaction_channel_json(world, channel, interaction.user_id),
        "app_permissions": str(int(in_channel(world, channel, world.bot_id))),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": _owners(channel),
        "context": 0 if channel.guild_id is not None else 1,
        "attachment_size_limit": MAX_FILE_BYTES,
    }
    if interaction.source is not None:
        payload["message"] = message_json(world, interaction.source)
    return payload | _who(core, interaction, channel)


def _who(core: Core, interaction: Interaction, channel: ChannelRecord) -> Json:
    world = core.world
    if channel.guild_id is None:
        return {"user": user_json(world.users[interaction.user_id])}
    guild = world.guilds[channel.guild_id]
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": acting_member_json(world, guild, channel, interaction.user_id),
    }


def _owners(channel: ChannelRecord) -> Json:
    return {"0": str(channel.guild_id or 0)}


def _metadata(core: Core, interaction: Interaction) -> Json:
    """Return what messages will say about the interaction they answer."""
    channel = core.world.channels[interaction.channel_id]
    about: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": user_json(core.world.users[interaction.user_id]),
        "authorizing_integration_owners": _owners(channel),
    }
    if interaction.kind is Kind.COMPONENT and interaction.source is not None:
        about["interacted_message_id"] = str(interaction.source.id)
    return about
