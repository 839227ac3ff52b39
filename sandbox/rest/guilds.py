"""Servers: who and what is in them."""

from __future__ import annotations

from sandbox.errors import unknown_member
from sandbox.limits.numbers import count, snowflake
from sandbox.payloads.channels import channel_json, thread_member_json
from sandbox.payloads.guilds import guild_json
from sandbox.payloads.users import member_json, role_json
from sandbox.permissions import in_channel
from sandbox.rest.routes import Call, route
from sandbox.wire import Json

GUILD = "/guilds/{guild_id}"


@route("GET", GUILD)
def get_guild(call: Call) -> Json:
    """Answer with a server."""
    guild = call.guild()
    shown = guild_json(call.core.world, guild)
    if call.query.get("with_counts", "").lower() in ("1", "true"):
        members = len(guild.members)
        shown |= {"approximate_member_count": members, "approximate_presence_count": members}
    return shown


@route("GET", GUILD + "/channels")
def guild_channels(call: Call) -> list[Json]:
    """Answer with the channels, without threads."""
    world = call.core.world
    return [channel_json(world, c) for c in world.channels_of(call.guild().id) if not c.is_thread]


@route("GET", GUILD + "/threads/active")
def active_threads(call: Call) -> Json:
    """Answer with the threads that are not archived and that the bot can see."""
    world = call.core.world
    threads = [c for c in world.channels_of(call.guild().id) if c.is_thread and not c.archived]
    seen = [thread for thread in threads if in_channel(world, thread, call.bot_id)]
    joined = [thread for thread in seen if call.bot_id in thread.thread_member_ids]
    return {
        "threads": [channel_json(world, thread) for thread in seen],
        "members": [thread_member_json(thread, call.bot_id) for thread in joined],
        "has_more": False,
    }


@route("GET", GUILD + "/roles")
def guild_roles(call: Call) -> list[Json]:
    """Answer with the roles."""
    return [role_json(role, call.bot_id) for role in call.guild().roles.values()]


@route("GET", GUILD + "/members")
def guild_members(call: Call) -> list[Json]:
    """Answer with a page of members, by id."""
    guild = call.guild()
    after, limit = snowflake(call.query.get("after", 0), "after"), count(call.query.get("limit", 1), "limit")
    ids = sorted(user_id for user_id in guild.members if user_id > after)[:limit]
    return [member_json(call.core.world, guild, user_id) for user_id in ids]


@route("GET", GUILD + "/members/{user_id}")
def guild_member(call: Call) -> Json:
    """Answer with one member."""
    guild = call.guild()
    if call.id("user_id") not in guild.members:
        raise unknown_member()
    return member_json(call.core.world, guild, call.id("user_id"))
