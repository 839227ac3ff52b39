"""Who may do what where: Discord's permission bits and how they add up."""

from __future__ import annotations

from enum import IntFlag

from sandbox.world import ChannelRecord, ChannelType, Guild, World


class Permission(IntFlag):
    """The bits that this sandbox enforces or shows."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


P = Permission
ALL = Permission((1 << 53) - 1)
WRITING = P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS
EVERYONE = (
    P.VIEW_CHANNEL
    | WRITING
    | P.EMBED_LINKS
    | P.ATTACH_FILES
    | P.READ_MESSAGE_HISTORY
    | P.ADD_REACTIONS
    | P.USE_EXTERNAL_EMOJIS
    | P.USE_APPLICATION_COMMANDS
    | P.CREATE_PUBLIC_THREADS
    | P.CREATE_PRIVATE_THREADS
)
BOT = EVERYONE | P.MANAGE_MESSAGES | P.MANAGE_THREADS
DIRECT_MESSAGE = EVERYONE & ~(P.CREATE_PUBLIC_THREADS | P.CREATE_PRIVATE_THREADS)


def in_guild(guild: Guild, user_id: int) -> Permission:
    """Add up a member's roles; an owner and an administrator may do everything."""
    if user_id == guild.owner_id:
        return ALL
    roles = [guild.id, *guild.members[user_id].role_ids]
    granted = Permission(0)
    for role_id in roles:
        granted |= Permission(guild.roles[role_id].permissions)
    return ALL if P.ADMINISTRATOR in granted else granted


def in_channel(world: World, channel: ChannelRecord, user_id: int) -> Permission:
    """Say what a user may do in a channel; nothing where he is no member."""
    if channel.guild_id is None:
        return DIRECT_MESSAGE if user_id in channel.recipient_ids else Permission(0)
    guild = world.guilds[channel.guild_id]
    if user_id not in guild.members:
        return Permission(0)
    granted = in_guild(guild, user_id)
    if granted == ALL:
        return granted
    granted = _with_overwrites(guild, world.parent_of(channel), user_id, granted)
    return granted if _is_let_in(channel, user_id, granted) else Permission(0)


def may_write(channel: ChannelRecord, granted: Permission) -> bool:
    """Say whether these permissions let someone post in this kind of channel."""
    needed = P.SEND_MESSAGES_IN_THREADS if channel.is_thread else P.SEND_MESSAGES
    return needed in granted


def _with_overwrites(guild: Guild, channel: ChannelRecord, user_id: int, granted: Permission) -> Permission:
    role_ids = set(guild.members[user_id].role_ids)
    everyone = [o for o in channel.overwrites if o.id == guild.id]
    roles = [o for o in channel.overwrites if o.type == 0 and o.id in role_ids]
    member = [o for o in channel.overwrites if o.type == 1 and o.id == user_id]
    for layer in (everyone, roles, member):
        for overwrite in layer:
            granted &= ~Permission(overwrite.deny)
        for overwrite in layer:
            granted |= Permission(overwrite.allow)
    return granted if P.VIEW_CHANNEL in granted else Permission(0)


def _is_let_in(channel: ChannelRecord, user_id: int, granted: Permission) -> bool:
    private = channel.type == ChannelType.PRIVATE_THREAD
    return not private or user_id in channel.thread_member_ids or P.MANAGE_THREADS in granted
