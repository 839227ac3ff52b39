"""Whom a message pings: its words, its reply, and what the sender allowed."""

from __future__ import annotations

import re

from sandbox.permissions import Permission, in_channel
from sandbox.wire import Json
from sandbox.world import MessageRecord, World

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")
ALL: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}


def find_mentions(world: World, message: MessageRecord, allowed: Json | None) -> None:
    """Set whom a message mentions, as far as `allowed_mentions` lets it."""
    allowed = ALL if allowed is None else allowed
    texts = [message.content, *_layout_texts(message.components)]
    users = [int(i) for text in texts for i in USER.findall(text) if int(i) in world.users]
    channel = world.channels[message.channel_id]
    guild_roles = world.guilds[channel.guild_id].roles if channel.guild_id is not None else {}
    roles = [int(i) for text in texts for i in ROLE.findall(text) if int(i) in guild_roles]
    message.mention_ids = _unique([i for i in users if _is_allowed("users", i, allowed)])
    message.mention_role_ids = _unique([i for i in roles if _is_allowed("roles", i, allowed)])
    pings_all = "everyone" in (allowed.get("parse") or []) and any(EVERYONE.search(text) for text in texts)
    granted = in_channel(world, channel, message.author_id)
    message.mention_everyone = pings_all and Permission.MENTION_EVERYONE in granted
    _mention_replied(world, message, allowed)


def _mention_replied(world: World, message: MessageRecord, allowed: Json) -> None:
    if message.reference_id is None or message.interaction is not None or not allowed.get("replied_user"):
        return
    original = world.message(message.channel_id, message.reference_id)
    if original is not None and original.author_id not in message.mention_ids:
        message.mention_ids.append(original.author_id)


def _is_allowed(kind: str, mentioned_id: int, allowed: Json) -> bool:
    return kind in (allowed.get("parse") or []) or mentioned_id in [int(i) for i in allowed.get(kind) or []]


def _layout_texts(components: list[Json]) -> list[str]:
    texts = [c["content"] for c in components if "content" in c]
    return texts + [text for c in components for text in _layout_texts(c.get("components") or [])]


def _unique(ids: list[int]) -> list[int]:
    return list(dict.fromkeys(ids))
