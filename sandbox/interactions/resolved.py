"""The objects behind the ids that a person chose: Discord sends them along as `resolved`."""

from __future__ import annotations

from sandbox.core import Core
from sandbox.errors import Refused
from sandbox.payloads.channels import interaction_channel_json
from sandbox.payloads.messages import attachment_json, message_json
from sandbox.payloads.users import resolved_member_json, role_json, user_json
from sandbox.wire import Json
from sandbox.world import Attachment, ChannelRecord, MessageRecord


class Resolver:
    """Collect what one interaction refers to, as one person sees it in one channel."""

    def __init__(self, core: Core, channel: ChannelRecord, user_id: int) -> None:
        self._core, self._channel, self._user_id = core, channel, user_id
        self._guild = core.world.guilds[channel.guild_id] if channel.guild_id is not None else None
        self.data: Json = {}

    def add_user(self, user_id: int) -> None:
        """Add a user, and their membership where there is one."""
        user = self._core.world.users.get(user_id)
        if user is None:
            raise Refused("There is no such person.")
        self._put("users", user_id, user_json(user))
        if self._guild is not None and user_id in self._guild.members:
            member = resolved_member_json(self._core.world, self._guild, self._channel, user_id)
            self._put("members", user_id, member)

    def add_role(self, role_id: int) -> None:
        """Add a role of this server."""
        role = self._guild.roles.get(role_id) if self._guild else None
        if role is None:
            raise Refused("There is no such role here.")
        self._put("roles", role_id, role_json(role, self._core.world.bot_id))

    def add_channel(self, channel_id: int) -> None:
        """Add a channel of this server."""
        channel = self._core.world.channels.get(channel_id)
        if channel is None or channel.guild_id != self._channel.guild_id:
            raise Refused("There is no such channel here.")
        self._put("channels", channel_id, interaction_channel_json(self._core.world, channel, self._user_id))

    def add_mentionable(self, some_id: int) -> None:
        """Add a role or a user, whichever the id is."""
        if self._guild is not None and some_id in self._guild.roles:
            self.add_role(some_id)
        else:
            self.add_user(some_id)

    def add_attachment(self, attachment: Attachment) -> None:
        """Add an uploaded file."""
        self._put("attachments", attachment.id, attachment_json(attachment))

    def add_message(self, message: MessageRecord) -> None:
        """Add the message that a context command is used on."""
        self._put("messages", message.id, message_json(self._core.world, message))

    def as_part(self) -> Json:
        """Return `resolved` for the interaction's data; nothing where nothing was chosen."""
        return {"resolved": self.data} if self.data else {}

    def _put(self, kind: str, some_id: int, value: Json) -> None:
        self.data.setdefault(kind, {})[str(some_id)] = value
