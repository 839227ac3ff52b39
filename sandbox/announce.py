"""Change the world's messages and channels, and tell the bot and the people of it."""

from __future__ import annotations

from sandbox.feed import Feed, Happening
from sandbox.gateway.hub import Hub
from sandbox.payloads.channels import channel_json
from sandbox.payloads.messages import message_event_json
from sandbox.payloads.users import member_json
from sandbox.permissions import Permission, in_channel
from sandbox.wire import Json
from sandbox.world import ChannelRecord, MessageFlag, MessageRecord, World


class Announcer:
    """One place where an event goes to both sides; ephemeral messages never reach the gateway."""

    def __init__(self, world: World, hub: Hub, feed: Feed) -> None:
        self._world, self._hub, self._feed = world, hub, feed

    def message_created(self, message: MessageRecord) -> None:
        """Put a new message into its channel and tell of it."""
        channel = self._world.channels[message.channel_id]
        channel.messages[message.id] = message
        self._tell_bot_of_message("MESSAGE_CREATE", message)
        self._feed.tell(Happening("message_create", channel, message))

    def message_updated(self, message: MessageRecord) -> None:
        """Tell of an edit."""
        channel = self._world.channels[message.channel_id]
        self._tell_bot_of_message("MESSAGE_UPDATE", message)
        self._feed.tell(Happening("message_update", channel, message))

    def message_deleted(self, message: MessageRecord) -> None:
        """Take a message away and tell of it."""
        channel = self._world.channels[message.channel_id]
        gone: Json = {"id": str(message.id), "channel_id": str(channel.id)} | _guild(channel)
        if message.ephemeral_for is None:
            self._tell_bot("MESSAGE_DELETE", channel, gone)
        self.forget_silently(message)

    def forget_silently(self, message: MessageRecord) -> None:
        """Take a message away; only the people see it go."""
        channel = self._world.channels[message.channel_id]
        if channel.messages.pop(message.id, None) is not None:
            self._feed.tell(Happening("message_delete", channel, message))

    def channel_created(self, channel: ChannelRecord) -> None:
        """Put a new channel or thread into the world and tell of it."""
        self._world.channels[channel.id] = channel
        if channel.guild_id is not None:  # bots are not told of direct messages before someone writes
            event = "THREAD_CREATE" if channel.is_thread else "CHANNEL_CREATE"
            new = {"newly_created": True} if channel.is_thread else {}
            self._tell_bot(event, channel, channel_json(self._world, channel) | new)
        self._feed.tell(Happening("channel_create", channel))

    def channel_updated(self, channel: ChannelRecord) -> None:
        """Tell of a changed channel or thread."""
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        data = channel_json(self._world, channel)
        self._hub.dispatch(event, data, channel.guild_id)
        self._feed.tell(Happening("channel_update", channel))

    def channel_deleted(self, channel: ChannelRecord) -> None:
        """Take a channel and its threads away and tell of it."""
        for thread in [c for c in self._world.channels.values() if c.parent_id == channel.id]:
            self.channel_deleted(thread)
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        self._tell_bot(event, channel, channel_json(self._world, channel))
        del self._world.channels[channel.id]
        self._feed.tell(Happening("channel_delete", channel))

    def typing(self, channel: ChannelRecord, user_id: int, now: float) -> None:
        """Tell that someone types."""
        data: Json = {"channel_id": str(channel.id), "user_id": str(user_id), "timestamp": int(now)} | _guild(channel)
        if channel.guild_id is not None:
            data["member"] = member_json(self._world, self._world.guilds[channel.guild_id], user_id)
        self._tell_bot("TYPING_START", channel, data)
        self._feed.tell(Happening("typing", channel, user_id=user_id))

    def reaction(self, added: bool, message: MessageRecord, user_id: int, emoji: Json) -> None:
        """Tell of a reaction that came or went."""
        channel = self._world.channels[message.channel_id]
        data: Json = {"user_id": str(user_id), "channel_id": str(channel.id), "message_id": str(message.id)}
        data |= {"emoji": emoji, "burst": False, "type": 0} | _guild(channel)
        if channel.guild_id is not None and added:
            data["member"] = member_json(self._world, self._world.guilds[channel.guild_id], user_id)
        self._tell_bot("MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE", channel, data)
        self._feed.tell(Happening("message_update", channel, message))

    def _tell_bot_of_message(self, event: str, message: MessageRecord) -> None:
        if message.ephemeral_for is None and not message.flags & MessageFlag.EPHEMERAL:
            channel = self._world.channels[message.channel_id]
            self._tell_bot(event, channel, message_event_json(self._world, message), message.author_id)

    def _tell_bot(self, event: str, channel: ChannelRecord, data: Json, author_id: int | None = None) -> None:
        if Permission.VIEW_CHANNEL in in_channel(self._world, channel, self._world.bot_id):
            self._hub.dispatch(event, data, channel.guild_id, author_id)


def _guild(channel: ChannelRecord) -> Json:
    return {"guild_id": str(channel.guild_id)} if channel.guild_id is not None else {}
