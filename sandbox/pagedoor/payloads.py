"""What the page is sent: Discord's own objects with rendered text beside them."""

from __future__ import annotations

from sandbox.core import Core
from sandbox.markdown import to_html
from sandbox.payloads.messages import message_json
from sandbox.people import sees
from sandbox.permissions import Permission, in_guild
from sandbox.wire import Json
from sandbox.world import ChannelRecord, Guild, MessageRecord, Role, User


def hello_json(core: Core, user_id: int) -> Json:
    """Write all that a page needs to start as one person."""
    world = core.world
    channels = sorted((c for c in world.channels.values() if sees(core, user_id, c)), key=_reading_order)
    return {
        "type": "hello",
        "me": str(user_id),
        "application_id": str(world.application_id),
        "guilds": [{"id": str(g.id), "name": g.name} for g in world.guilds.values() if user_id in g.members],
        "channels": [channel_json(channel) for channel in channels],
        "members": [member_json(core, user) for user in world.users.values()],
        "roles": [_role_json(guild, role) for guild in world.guilds.values() for role in guild.roles.values()],
        "commands": core.commands.everything(),
        "bot_online": core.hub.online,
    }


def channel_json(channel: ChannelRecord) -> Json:
    """Write a channel."""
    return {
        "id": str(channel.id),
        "guild_id": str(channel.guild_id) if channel.guild_id is not None else None,
        "parent_id": str(channel.parent_id) if channel.parent_id is not None else None,
        "name": channel.name,
        "type": channel.type,
        "topic": channel.topic,
        "nsfw": channel.nsfw,
        "recipient_ids": [str(i) for i in channel.recipient_ids],
    }


def member_json(core: Core, user: User) -> Json:
    """Write a person or the bot."""
    guilds = [guild for guild in core.world.guilds.values() if user.id in guild.members]
    return {
        "id": str(user.id),
        "username": user.username,
        "display_name": user.display_name,
        "color": user.color,
        "bot": user.bot,
        "guild_ids": [str(guild.id) for guild in guilds],
        "admin_guild_ids": [str(guild.id) for guild in guilds if Permission.MANAGE_GUILD in in_guild(guild, user.id)],
    }


def page_message_json(core: Core, message: MessageRecord) -> Json:
    """Write a message with its text as HTML beside it."""
    shown = message_json(core.world, message)
    shown["html"] = html(core, message.content)
    shown["ephemeral_for"] = str(message.ephemeral_for) if message.ephemeral_for is not None else None
    shown["embeds"] = [_embed_json(core, embed) for embed in message.embeds]
    shown["components"] = components_with_html(core, message.components)
    if shown.get("referenced_message"):
        shown["referenced_message"]["html"] = html(core, shown["referenced_message"]["content"])
    return shown


def components_with_html(core: Core, components: list[Json]) -> list[Json]:
    """Write components with what they say as HTML beside it."""
    return [_component_json(core, component) for component in components]


def html(core: Core, text: str) -> str:
    """Render text, with the names of this world on its mentions."""

    def name_of(kind: str, some_id: str) -> str:
        return _name(core, kind, int(some_id))

    return to_html(text, name_of)


def _name(core: Core, kind: str, some_id: int) -> str:
    world = core.world
    if kind == "user":
        return f"@{world.users[some_id].display_name}" if some_id in world.users else "@unknown-user"
    if kind == "channel":
        return f"#{world.channels[some_id].name}" if some_id in world.channels else "#unknown"
    roles = {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
    return f"@{roles.get(some_id, 'unknown-role')}"


def _embed_json(core: Core, embed: Json) -> Json:
    shown = embed | {"description_html": html(core, embed.get("description") or "")}
    if "fields" in embed:
        shown["fields"] = [field | {"value_html": html(core, field["value"])} for field in embed["fields"]]
    return shown


def _component_json(core: Core, component: Json) -> Json:
    shown = dict(component)
    if "content" in shown:
        shown["content_html"] = html(core, shown["content"])
    if "components" in shown:
        shown["components"] = components_with_html(core, shown["components"])
    return shown


def _role_json(guild: Guild, role: Role) -> Json:
    color = f"#{role.color:06x}" if role.color else None
    return {"id": str(role.id), "guild_id": str(guild.id), "name": role.name, "color": color}


def _reading_order(channel: ChannelRecord) -> tuple[int, int, int]:
    return channel.guild_id or 0, channel.position, channel.id
