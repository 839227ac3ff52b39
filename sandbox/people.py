"""What a person can do here: the one code behind the page and behind the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox import messages
from sandbox.attachments import keep
from sandbox.channels import wake
from sandbox.core import Core
from sandbox.errors import ApiError, Refused
from sandbox.files import Upload
from sandbox.interactions.create import ask_bot
from sandbox.interactions.forms import modal_data, select_values
from sandbox.interactions.options import Options
from sandbox.interactions.registry import Interaction, Kind
from sandbox.interactions.resolved import Resolver
from sandbox.limits.components import BUTTON, walk
from sandbox.payloads.users import user_json
from sandbox.permissions import Permission, in_channel, may_write
from sandbox.wire import Json
from sandbox.world import Attachment, ChannelRecord, MessageFlag, MessageRecord, MessageType

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3


def sees(core: Core, user_id: int, channel: ChannelRecord) -> bool:
    """Say whether a person sees a channel."""
    return Permission.VIEW_CHANNEL in in_channel(core.world, channel, user_id)


def visible_messages(core: Core, user_id: int, channel: ChannelRecord) -> list[MessageRecord]:
    """Return what a person sees in a channel, in order: also the ephemeral notes that are theirs."""
    if not sees(core, user_id, channel):
        return []
    return [m for m in channel.messages.values() if m.ephemeral_for in (None, user_id)]


def leave(core: Core, user_id: int) -> None:
    """Leave every guild; what was written there stays."""
    for guild in core.world.guilds.values():
        if guild.members.pop(user_id, None):
            gone = {"guild_id": str(guild.id), "user": user_json(core.world.users[user_id])}
            core.hub.dispatch("GUILD_MEMBER_REMOVE", gone, guild.id)


def upload(core: Core, user_id: int, file: Upload) -> Attachment:
    """Take a file in before it is sent with a message or a command."""
    attachment = keep(core, user_id, file)
    core.uploads[attachment.id] = attachment
    return attachment


def say(
    core: Core,
    user_id: int,
    channel: ChannelRecord,
    content: str,
    upload_ids: Sequence[int] = (),
    reply_to: MessageRecord | None = None,
) -> MessageRecord:
    """Post an ordinary message."""
    if not may_write(channel, in_channel(core.world, channel, user_id)):
        raise Refused("You do not have permission to send messages in this channel.")
    files = [core.uploads[i] for i in upload_ids if i in core.uploads]
    kind = MessageType.REPLY if reply_to else MessageType.DEFAULT
    reference_id = reply_to.id if reply_to else None
    try:
        wake(core, channel)
        return messages.create(
            core, channel, user_id, {"content": content}, {}, attachments=files, type=kind, reference_id=reference_id
        )
    except ApiError as error:
        raise Refused(str(error.body["message"])) from error


def delete(core: Core, user_id: int, message: MessageRecord) -> None:
    """Delete one's own message, or anyone's with Manage Messages."""
    channel = core.world.channels[message.channel_id]
    granted = in_channel(core.world, channel, user_id)
    if message.author_id != user_id and Permission.MANAGE_MESSAGES not in granted:
        raise Refused("You may delete only your own messages.")
    messages.delete(core, message)


def dismiss(core: Core, user_id: int, message: MessageRecord) -> None:
    """Put an ephemeral message away."""
    if message.ephemeral_for == user_id:
        core.announce.forget_silently(message)


def usable_commands(core: Core, user_id: int, channel: ChannelRecord) -> list[Json]:
    """Return the commands that Discord would offer a person in a channel."""
    return [c for c in core.commands.usable_in(channel.guild_id) if may_use(core, user_id, channel, c)]


def may_use(core: Core, user_id: int, channel: ChannelRecord, command: Json) -> bool:
    """Say whether a command is offered: its permissions, its contexts, its age limit."""
    granted = in_channel(core.world, channel, user_id)
    if channel.guild_id is None:
        return 1 in command.get("contexts", [0])
    if Permission.USE_APPLICATION_COMMANDS not in granted or 0 not in command.get("contexts", [0]):
        return False
    if command["nsfw"] and not core.world.parent_of(channel).nsfw:
        return False
    needed = command["default_member_permissions"]
    if needed is None or Permission.ADMINISTRATOR in granted:
        return True
    return needed != "0" and Permission(int(needed)) in granted


def find_command(core: Core, user_id: int, channel: ChannelRecord, name: str, kind: int = SLASH) -> Json:
    """Find a command by name among those offered; Refused where there is none."""
    for command in usable_commands(core, user_id, channel):
        if command["name"] == name and command["type"] == kind:
            return command
    raise Refused(f"There is no such command here: {name}")


async def use_command(
    core: Core, user_id: int, channel: ChannelRecord, command: Json, path: Sequence[str], values: Mapping[str, Any]
) -> Interaction:
    """Use a slash command; `path` starts with its name."""
    _require_offered(core, user_id, channel, command)
    resolver = Resolver(core, channel, user_id)
    options = Options(core, resolver, values).data(command, path[1:])
    data = _command_data(command) | {"options": options} | resolver.as_part()
    return await ask_bot(core, _open_command(core, user_id, channel, command, " ".join(path)), data)


async def complete(
    core: Core,
    user_id: int,
    channel: ChannelRecord,
    command: Json,
    path: Sequence[str],
    values: Mapping[str, Any],
    focused: str,
) -> list[Json]:
    """Ask for the choices of an option while it is typed."""
    _require_offered(core, user_id, channel, command)
    resolver = Resolver(core, channel, user_id)
    typed = {focused: ""} | dict(values)
    data = _command_data(command) | {"options": Options(core, resolver, typed, focused).data(command, path[1:])}
    interaction = core.interactions.open(Kind.AUTOCOMPLETE, user_id, channel.id)
    return (await ask_bot(core, interaction, data | resolver.as_part())).choices


async def use_on(core: Core, user_id: int, channel: ChannelRecord, command: Json, target_id: int) -> Interaction:
    """Use a context command on a message or a user."""
    _require_offered(core, user_id, channel, command)
    resolver = Resolver(core, channel, user_id)
    if command["type"] == ON_MESSAGE:
        resolver.add_message(_visible(core, user_id, channel, target_id))
    else:
        resolver.add_user(target_id)
    data = _command_data(command) | {"target_id": str(target_id)} | resolver.as_part()
    return await ask_bot(core, _open_command(core, user_id, channel, command, command["name"]), data)


async def use_component(
    core: Core, user_id: int, channel: ChannelRecord, message_id: int, custom_id: str, values: Sequence[Any] = ()
) -> Interaction:
    """Press a button or choose in a select."""
    message = _visible(core, user_id, channel, message_id)
    component = next((c for _, c in walk(message.components) if c.get("custom_id") == custom_id), None)
    if component is None or component.get("disabled"):
        raise Refused("This cannot be pressed any more.")
    resolver = Resolver(core, channel, user_id)
    data: Json = {"custom_id": custom_id, "component_type": component["type"], "id": component["id"]}
    if component["type"] != BUTTON:
        data |= {"values": select_values(component, values, resolver)} | resolver.as_part()
    interaction = core.interactions.open(Kind.COMPONENT, user_id, channel.id, source=message)
    return await ask_bot(core, interaction, data)


async def submit(core: Core, user_id: int, opened_by: Interaction, values: Mapping[str, Any]) -> Interaction:
    """Submit the modal that an interaction opened."""
    if opened_by.modal is None or opened_by.user_id != user_id:
        raise Refused("This form is not open.")
    channel = core.world.channels[opened_by.channel_id]
    data = modal_data(opened_by.modal, values, Resolver(core, channel, user_id))
    trigger = {key: value for key, value in opened_by.metadata.items() if key != "name"}
    about = {"triggering_interaction_metadata": trigger}
    interaction = core.interactions.open(Kind.MODAL, user_id, channel.id, source=opened_by.source, metadata=about)
    return await ask_bot(core, interaction, data)


def _command_data(command: Json) -> Json:
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _open_command(core: Core, user_id: int, channel: ChannelRecord, command: Json, name: str) -> Interaction:
    about = {"name": name}
    return core.interactions.open(Kind.COMMAND, user_id, channel.id, command_type=command["type"], metadata=about)


def _require_offered(core: Core, user_id: int, channel: ChannelRecord, command: Json) -> None:
    if not may_use(core, user_id, channel, command):
        raise Refused("You do not have permission to use this command here.")


def _visible(core: Core, user_id: int, channel: ChannelRecord, message_id: int) -> MessageRecord:
    message = channel.messages.get(message_id)
    if message is None or message.ephemeral_for not in (None, user_id) or not sees(core, user_id, channel):
        raise Refused("This message is gone.")
    if message.flags & MessageFlag.LOADING:
        raise Refused("This message is still being written.")
    return message
