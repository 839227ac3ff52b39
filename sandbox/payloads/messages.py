"""Messages in Discord's JSON."""

from __future__ import annotations

from typing import Any

from sandbox.clock import iso
from sandbox.payloads.channels import channel_json
from sandbox.payloads.users import member_json, user_json
from sandbox.wire import Json
from sandbox.world import Attachment, MessageFlag, MessageRecord, World

REPLIES = (19, 21)
IS_SPOILER = 1 << 3


def message_json(world: World, message: MessageRecord, *, with_reference: bool = True) -> Json:
    """Write a message as REST answers it."""
    shown: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": message.type,
        "content": message.content,
        "mentions": [user_json(world.users[i]) for i in message.mention_ids],
        "mention_roles": [str(i) for i in message.mention_role_ids],
        "mention_everyone": message.mention_everyone,
        "attachments": [attachment_json(a, message) for a in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "timestamp": iso(message.created_at),
        "edited_timestamp": iso(message.edited_at) if message.edited_at else None,
        "flags": message.flags,
        "author": user_json(world.users[message.author_id]),
        "pinned": False,
        "tts": message.tts,
    }
    return shown | _optional_parts(world, message, with_reference)


def message_event_json(world: World, message: MessageRecord) -> Json:
    """Write a message as the gateway carries it: with its server and the author's membership."""
    shown = message_json(world, message)
    channel = world.channels[message.channel_id]
    if channel.guild_id is None:
        return shown
    guild = world.guilds[channel.guild_id]
    member = member_json(world, guild, message.author_id, with_user=False)
    return shown | {"guild_id": str(guild.id), "member": member}


def without_content(shown: Json) -> Json:
    """Blank what a bot without the message content intent may not read."""
    return shown | {"content": "", "embeds": [], "attachments": [], "components": []}


def attachment_json(attachment: Attachment, message: MessageRecord | None = None) -> Json:
    """Write a file."""
    shown: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": attachment.size,
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
    }
    optional = {"description": attachment.description, "width": attachment.width, "height": attachment.height}
    shown |= {key: value for key, value in optional.items() if value is not None}
    shown |= {"flags": IS_SPOILER} if attachment.is_spoiler else {}
    return shown | ({"ephemeral": True} if message and message.ephemeral_for else {})


def _optional_parts(world: World, message: MessageRecord, with_reference: bool) -> Json:
    shown: Json = {}
    if message.nonce is not None:
        shown["nonce"] = message.nonce
    if message.interaction is not None:
        shown |= {"application_id": str(world.application_id), "webhook_id": str(world.application_id)}
        shown |= message.interaction
    if message.reactions:
        shown["reactions"] = [_reaction_json(world, emoji, who) for emoji, who in message.reactions.items()]
    if message.flags & MessageFlag.HAS_THREAD and message.id in world.channels:
        shown["thread"] = channel_json(world, world.channels[message.id])
    if message.reference_id is not None and with_reference:
        shown |= _reference_json(world, message)
    return shown


def _reference_json(world: World, message: MessageRecord) -> Json:
    channel = world.channels[message.channel_id]
    place = channel.parent_id if message.type == 21 and channel.parent_id else channel.id
    reference: Json = {"type": 0, "channel_id": str(place), "message_id": str(message.reference_id)}
    if channel.guild_id is not None:
        reference["guild_id"] = str(channel.guild_id)
    shown: Json = {"message_reference": reference}
    if message.type in REPLIES:
        original = world.message(place, message.reference_id or 0)
        shown["referenced_message"] = message_json(world, original, with_reference=False) if original else None
    return shown


def _reaction_json(world: World, emoji: str, user_ids: list[int]) -> Json:
    name, _, emoji_id = emoji.partition(":")
    shown: dict[str, Any] = {"id": emoji_id or None, "name": name}
    return {
        "emoji": shown,
        "count": len(user_ids),
        "count_details": {"burst": 0, "normal": len(user_ids)},
        "burst_colors": [],
        "me_burst": False,
        "me": world.bot_id in user_ids,
    }
