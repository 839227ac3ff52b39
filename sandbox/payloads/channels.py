"""Channels, threads and direct messages in Discord's JSON."""

from __future__ import annotations

from sandbox.clock import iso
from sandbox.payloads.users import user_json
from sandbox.permissions import in_channel
from sandbox.wire import Json
from sandbox.world import ChannelRecord, ChannelType, World


def channel_json(world: World, channel: ChannelRecord) -> Json:
    """Write any channel as the bot sees it."""
    shown: Json = {
        "id": str(channel.id),
        "type": channel.type,
        "last_message_id": _last_message_id(channel),
        "flags": 0,
        "last_pin_timestamp": None,
    }
    if channel.type == ChannelType.DM:
        people = [user_json(world.users[i]) for i in channel.recipient_ids if i != world.bot_id]
        return shown | {"recipients": people}
    shown |= {
        "guild_id": str(channel.guild_id),
        "name": channel.name,
        "parent_id": str(channel.parent_id) if channel.parent_id else None,
        "rate_limit_per_user": 0,
    }
    return shown | (_thread_part(world, channel) if channel.is_thread else _text_part(channel))


def interaction_channel_json(world: World, channel: ChannelRecord, user_id: int) -> Json:
    """Write a channel inside an interaction, with what the person may do there."""
    granted = in_channel(world, channel, user_id)
    return channel_json(world, channel) | {"permissions": str(int(granted))}


def thread_member_json(channel: ChannelRecord, user_id: int) -> Json:
    """Write someone's membership of a thread."""
    return {
        "id": str(channel.id),
        "user_id": str(user_id),
        "join_timestamp": iso(channel.created_at),
        "flags": 0,
    }


def _last_message_id(channel: ChannelRecord) -> str | None:
    public = [i for i, message in channel.messages.items() if message.ephemeral_for is None]
    return str(public[-1]) if public else None


def _text_part(channel: ChannelRecord) -> Json:
    return {
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "position": channel.position,
        "default_auto_archive_duration": 1440,
        "default_thread_rate_limit_per_user": 0,
        "permission_overwrites": [
            {"id": str(o.id), "type": o.type, "allow": str(o.allow), "deny": str(o.deny)} for o in channel.overwrites
        ],
    }


def _thread_part(world: World, channel: ChannelRecord) -> Json:
    count = sum(message.type != 21 for message in channel.messages.values())
    shown: Json = {
        "owner_id": str(channel.owner_id),
        "message_count": count,
        "member_count": len(channel.thread_member_ids),
        "total_message_sent": count,
        "thread_metadata": {
            "archived": channel.archived,
            "archive_timestamp": iso(channel.created_at),
            "auto_archive_duration": channel.auto_archive_minutes,
            "locked": channel.locked,
            "create_timestamp": iso(channel.created_at),
        },
    }
    if world.bot_id in channel.thread_member_ids:
        shown["member"] = thread_member_json(channel, world.bot_id)
    return shown
