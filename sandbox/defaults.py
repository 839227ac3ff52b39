"""The world a new sandbox starts with: two servers, six people, and the bot."""

from __future__ import annotations

from sandbox.ids import Snowflakes
from sandbox.permissions import BOT, EVERYONE, Permission
from sandbox.world import ChannelRecord, ChannelType, Guild, GuildMember, Overwrite, Role, User, World

# Ids of the default world are made at one fixed moment, so that they are the same on every machine and every start.
FOUNDED_AT = 1_767_225_600.0  # 2026-01-01

PEOPLE = (
    ("ada", "Ada", "#5865f2"),
    ("ben", "Ben", "#3ba55d"),
    ("chiyo", "千代 Chiyo", "#eb459e"),
    ("dmitri", "Dmitri", "#faa61a"),
    ("esra", "Esra", "#9b59b6"),
    ("femi", "Femi", "#1abc9c"),
)
SALON_CHANNELS = (
    ("lounge", "Anything goes, and everyone is welcome", False),
    ("story-night", "Stories we write together", False),
    ("gallery", "Pictures and what we think of them", False),
    ("no-ai", "People only, please", False),
    ("after-dark", "Adults only", True),
)
QUIET_CHANNELS = (("library", "Shh", False), ("notes", "For later", False))


def default_world() -> World:
    """Build "The Salon" with everyone in it and "Quiet Room" with two."""
    ids = Snowflakes(lambda: FOUNDED_AT)
    world = World(application_id=ids.next(), bot_id=0)
    world.bot_id = world.application_id
    world.users[world.bot_id] = User(world.bot_id, "salon", "Salon", "#e67e22", bot=True)
    people = [User(ids.next(), username, name, color) for username, name, color in PEOPLE]
    world.users |= {user.id: user for user in people}
    _found(world, ids, "The Salon", people, SALON_CHANNELS)
    _found(world, ids, "Quiet Room", [people[1], people[2]], QUIET_CHANNELS)
    return world


def _found(
    world: World, ids: Snowflakes, name: str, people: list[User], channels: tuple[tuple[str, str, bool], ...]
) -> None:
    guild = Guild(ids.next(), name, owner_id=people[0].id)
    hosts = Role(ids.next(), "Hosts", int(EVERYONE | Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES), 2, 0xE67E22)
    managed = Role(ids.next(), "Salon", int(BOT), 1, managed=True)
    guild.roles = {guild.id: Role(guild.id, "@everyone", int(EVERYONE)), hosts.id: hosts, managed.id: managed}
    for user in people:
        guild.members[user.id] = GuildMember(user.id, [hosts.id] if user.id == guild.owner_id else [], FOUNDED_AT)
    guild.members[world.bot_id] = GuildMember(world.bot_id, [managed.id], FOUNDED_AT)
    world.guilds[guild.id] = guild
    for position, (channel_name, topic, nsfw) in enumerate(channels):
        channel = ChannelRecord(ids.next(), ChannelType.TEXT, channel_name, guild.id, topic, nsfw, position)
        channel.overwrites = [Overwrite(guild.id, type=0)]
        channel.created_at = FOUNDED_AT
        world.channels[channel.id] = channel
