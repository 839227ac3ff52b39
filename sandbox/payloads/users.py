"""Users, members and roles in Discord's JSON."""

from __future__ import annotations

from sandbox.clock import iso
from sandbox.permissions import in_channel
from sandbox.wire import Json
from sandbox.world import ChannelRecord, Guild, Role, User, World


def user_json(user: User) -> Json:
    """Write a user as everyone sees them."""
    shown: Json = {
        "id": str(user.id),
        "username": user.username,
        "global_name": None if user.bot else user.display_name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "banner": None,
        "accent_color": int(user.color[1:], 16),
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
    }
    return shown | ({"bot": True} if user.bot else {})


def own_user_json(user: User) -> Json:
    """Write the bot's own user."""
    return user_json(user) | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def member_json(world: World, guild: Guild, user_id: int, *, with_user: bool = True) -> Json:
    """Write someone's membership of a server."""
    member = guild.members[user_id]
    shown: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": iso(member.joined_at),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in member.role_ids],
        "mute": False,
        "deaf": False,
    }
    return shown | ({"user": user_json(world.users[user_id])} if with_user else {})


def acting_member_json(world: World, guild: Guild, channel: ChannelRecord, user_id: int) -> Json:
    """Write a member who uses a command, with what they may do in that channel."""
    granted = in_channel(world, channel, user_id)
    return member_json(world, guild, user_id) | {"permissions": str(int(granted))}


def resolved_member_json(world: World, guild: Guild, channel: ChannelRecord, user_id: int) -> Json:
    """Write a member who was chosen in an option; Discord leaves out the user and the voice state."""
    shown = member_json(world, guild, user_id, with_user=False)
    shown = {key: value for key, value in shown.items() if key not in ("mute", "deaf")}
    return shown | {"permissions": str(int(in_channel(world, channel, user_id)))}


def role_json(role: Role, bot_id: int) -> Json:
    """Write a role."""
    shown: Json = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return shown | ({"tags": {"bot_id": str(bot_id)}} if role.managed else {})
