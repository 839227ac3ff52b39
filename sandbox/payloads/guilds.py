"""Servers in Discord's JSON: as REST answers them and as the gateway announces them."""

from __future__ import annotations

from sandbox.clock import iso
from sandbox.payloads.channels import channel_json
from sandbox.payloads.users import member_json, role_json
from sandbox.permissions import in_channel
from sandbox.wire import Json
from sandbox.world import Guild, World


def guild_json(world: World, guild: Guild) -> Json:
    """Write a server."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(guild.owner_id),
        "application_id": None,
        "region": "us-east",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_json(role, world.bot_id) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create_json(world: World, guild: Guild, *, all_members: bool) -> Json:
    """Write a server as GUILD_CREATE carries it; without the members intent only the bot is listed."""
    visible = [c for c in world.channels_of(guild.id) if in_channel(world, c, world.bot_id)]
    member_ids = list(guild.members) if all_members else [world.bot_id]
    return guild_json(world, guild) | {
        "joined_at": iso(guild.members[world.bot_id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(world, guild, user_id) for user_id in member_ids],
        "channels": [channel_json(world, c) for c in visible if not c.is_thread],
        "threads": [channel_json(world, c) for c in visible if c.is_thread and not c.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
