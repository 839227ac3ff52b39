"""The table of REST routes and what a handler gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.core import Core
from sandbox.errors import (
    missing_access,
    missing_permissions,
    thread_is_archived,
    unknown_channel,
    unknown_guild,
    unknown_message,
)
from sandbox.files import Upload
from sandbox.limits.numbers import snowflake
from sandbox.permissions import Permission, in_channel
from sandbox.wire import Json
from sandbox.world import ChannelRecord, Guild, MessageRecord


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose status is not 200 (or 204 where there is no body)."""

    status: int
    body: Any = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot, taken apart."""

    core: Core
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: dict[int, Upload]

    @property
    def bot_id(self) -> int:
        """Who calls."""
        return self.core.world.bot_id

    def id(self, name: str) -> int:
        """Return an id from the path; 50035 where it is none."""
        return snowflake(self.params[name], name)

    def form(self) -> Json:
        """Return the body as an object."""
        return self.body if isinstance(self.body, dict) else {}

    def guild(self) -> Guild:
        """Return the path's server."""
        guild = self.core.world.guilds.get(self.id("guild_id"))
        if guild is None:
            raise unknown_guild()
        return guild

    def channel(self, needed: Permission = Permission.VIEW_CHANNEL) -> ChannelRecord:
        """Return the path's channel; 50001 where the bot cannot see it, 50013 where it may not do what is needed."""
        channel = self.core.world.channels.get(self.id("channel_id"))
        if channel is None:
            raise unknown_channel()
        self.require(channel, needed)
        return channel

    def require(self, channel: ChannelRecord, needed: Permission) -> None:
        """Refuse what the bot's permissions in a channel do not allow."""
        granted = in_channel(self.core.world, channel, self.bot_id)
        if Permission.VIEW_CHANNEL not in granted:
            raise missing_access()
        if needed not in granted:
            raise missing_permissions()

    def changeable(self, needed: Permission = Permission.VIEW_CHANNEL) -> ChannelRecord:
        """Return the path's channel if what is in it can be changed; 50083 for an archived thread."""
        channel = self.channel(needed)
        if channel.archived:
            raise thread_is_archived()
        return channel

    def message(self, channel: ChannelRecord) -> MessageRecord:
        """Return the path's message; ephemeral ones do not exist for channel routes."""
        message = channel.messages.get(self.id("message_id"))
        if message is None or message.ephemeral_for is not None:
            raise unknown_message()
        return message


Handler = Callable[[Call], Any]
ROUTES: list[tuple[str, str, Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Register a handler; it returns JSON for 200, nothing for 204, or an `Answer`."""

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, path, handler))
        return handler

    return register
