"""Answers to REQUEST_GUILD_MEMBERS."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.payloads.users import member_json
from sandbox.wire import Json
from sandbox.world import Guild, World

CHUNK = 1000


def members_chunks(world: World, asked: Json) -> Iterator[Json]:
    """Yield the chunks of members that a bot asked for, in Discord's order."""
    guild_ids = asked["guild_id"] if isinstance(asked["guild_id"], list) else [asked["guild_id"]]
    for guild in (world.guilds[int(i)] for i in guild_ids if int(i) in world.guilds):
        found, missing = _find(world, guild, asked)
        pages = [found[i : i + CHUNK] for i in range(0, len(found), CHUNK)] or [[]]
        for index, page in enumerate(pages):
            yield {
                "guild_id": str(guild.id),
                "members": [member_json(world, guild, user_id) for user_id in page],
                "chunk_index": index,
                "chunk_count": len(pages),
                "not_found": missing,
                "nonce": asked.get("nonce"),
            }


def _find(world: World, guild: Guild, asked: Json) -> tuple[list[int], list[str]]:
    if asked.get("user_ids"):
        ids = asked["user_ids"] if isinstance(asked["user_ids"], list) else [asked["user_ids"]]
        wanted = [int(i) for i in ids]
        return [i for i in wanted if i in guild.members], [str(i) for i in wanted if i not in guild.members]
    query = (asked.get("query") or "").casefold()
    found = [i for i in guild.members if world.users[i].username.casefold().startswith(query)]
    limit = asked.get("limit") or len(found)
    return found[:limit], []
