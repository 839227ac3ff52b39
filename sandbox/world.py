"""What there is: users, servers, channels and messages, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from sandbox.wire import Json


class ChannelType(IntEnum):
    """The kinds of channel that exist here."""

    TEXT = 0
    DM = 1
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


class MessageType(IntEnum):
    """The kinds of message that exist here."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """The message flags that change behaviour here."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True)
class User:
    """A person or the bot."""

    id: int
    username: str
    display_name: str
    color: str
    bot: bool = False


@dataclass(slots=True)
class Role:
    """A named set of permissions in one server."""

    id: int
    name: str
    permissions: int
    position: int = 0
    color: int = 0
    managed: bool = False


@dataclass(slots=True)
class GuildMember:
    """A user's place in one server."""

    user_id: int
    role_ids: list[int]
    joined_at: float


@dataclass(slots=True)
class Overwrite:
    """A channel's exception for a role (type 0) or a member (type 1)."""

    id: int
    type: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Guild:
    """A server."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, GuildMember] = field(default_factory=dict)


@dataclass(slots=True)
class Attachment:
    """A file on a message; its bytes are in the file store under the same id."""

    id: int
    filename: str
    content_type: str
    size: int
    url: str
    description: str | None = None
    width: int | None = None
    height: int | None = None
    is_spoiler: bool = False


@dataclass(slots=True)
class MessageRecord:
    """A message as it stands; `ephemeral_for` names the only one who sees it, `edits` are its earlier contents."""

    id: int
    channel_id: int
    author_id: int
    created_at: float
    type: int = MessageType.DEFAULT
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    edited_at: float | None = None
    mention_ids: list[int] = field(default_factory=list)
    mention_role_ids: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reference_id: int | None = None
    nonce: str | int | None = None
    tts: bool = False
    ephemeral_for: int | None = None
    interaction: Json | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    edits: list[str] = field(default_factory=list)

    @property
    def is_thinking(self) -> bool:
        """Say whether this is still a deferred answer."""
        return bool(self.flags & MessageFlag.LOADING)

    def answers(self, interaction_id: int) -> bool:
        """Say whether this is an answer to an interaction."""
        about = (self.interaction or {}).get("interaction_metadata", {})
        return bool(about.get("id") == str(interaction_id))


@dataclass(slots=True)
class ChannelRecord:
    """A channel, thread or direct message with everything said in it, in order."""

    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    topic: str | None = None
    nsfw: bool = False
    position: int = 0
    parent_id: int | None = None
    overwrites: list[Overwrite] = field(default_factory=list)
    recipient_ids: list[int] = field(default_factory=list)
    owner_id: int = 0
    thread_member_ids: list[int] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    created_at: float = 0.0
    messages: dict[int, MessageRecord] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        """Say whether this hangs on another channel."""
        return self.type in (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)


@dataclass(slots=True)
class World:
    """Everything there is, by id."""

    application_id: int
    bot_id: int
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, ChannelRecord] = field(default_factory=dict)

    def parent_of(self, channel: ChannelRecord) -> ChannelRecord:
        """Return the channel whose permissions and age limit hold: a thread's parent, else itself."""
        return self.channels[channel.parent_id] if channel.parent_id is not None else channel

    def channels_of(self, guild_id: int) -> list[ChannelRecord]:
        """List a server's channels and threads in their order."""
        found = [channel for channel in self.channels.values() if channel.guild_id == guild_id]
        return sorted(found, key=lambda channel: (channel.is_thread, channel.position, channel.id))

    def message(self, channel_id: int, message_id: int) -> MessageRecord | None:
        """Find a message, or nothing."""
        channel = self.channels.get(channel_id)
        return channel.messages.get(message_id) if channel else None

    def user_named(self, name: str) -> User:
        """Find a user by display name or username; KeyError where there is none."""
        for user in self.users.values():
            if name.casefold() in (user.display_name.casefold(), user.username.casefold()):
                return user
        raise KeyError(f"nobody is called {name!r}")
