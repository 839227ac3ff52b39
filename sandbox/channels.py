"""Open, change and leave channels and threads."""

from __future__ import annotations

from sandbox.core import Core
from sandbox.errors import thread_is_archived
from sandbox.wire import Json
from sandbox.world import ChannelRecord, ChannelType, MessageFlag, MessageRecord, MessageType


def direct_channel(core: Core, user_id: int) -> ChannelRecord:
    """Return the channel between the bot and a person, opened if need be."""
    for channel in core.world.channels.values():
        if channel.type == ChannelType.DM and user_id in channel.recipient_ids:
            return channel
    channel = ChannelRecord(core.ids.next(), ChannelType.DM, created_at=core.clock.now())
    channel.recipient_ids = [core.world.bot_id, user_id]
    core.announce.channel_created(channel)
    return channel


def thread_on(core: Core, parent: ChannelRecord, message: MessageRecord, owner_id: int, body: Json) -> ChannelRecord:
    """Start a thread on a message: it has the message's id, and shows it as its first."""
    thread = _thread(core, parent, message.id, ChannelType.PUBLIC_THREAD, owner_id, body)
    message.flags |= MessageFlag.HAS_THREAD
    core.announce.channel_created(thread)
    core.announce.message_updated(message)
    starter = MessageRecord(core.ids.next(), thread.id, message.author_id, core.clock.now())
    starter.type, starter.reference_id = MessageType.THREAD_STARTER, message.id
    core.announce.message_created(starter)
    return thread


def thread_in(core: Core, parent: ChannelRecord, owner_id: int, body: Json, *, private: bool) -> ChannelRecord:
    """Start a thread in a channel; of a public one the channel tells."""
    kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
    thread = _thread(core, parent, core.ids.next(), kind, owner_id, body)
    core.announce.channel_created(thread)
    if not private:
        note = MessageRecord(core.ids.next(), parent.id, owner_id, core.clock.now(), MessageType.THREAD_CREATED)
        note.content, note.reference_id = thread.name, thread.id
        core.announce.message_created(note)
    return thread


def change(core: Core, channel: ChannelRecord, body: Json) -> None:
    """Change what a form names."""
    fields = {"name": "name", "topic": "topic", "nsfw": "nsfw", "archived": "archived", "locked": "locked"}
    fields["auto_archive_duration"] = "auto_archive_minutes"
    for key, attribute in fields.items():
        if body.get(key) is not None:
            setattr(channel, attribute, body[key])
    core.announce.channel_updated(channel)


def join(core: Core, thread: ChannelRecord, user_id: int) -> None:
    """Put someone into a thread."""
    if user_id not in thread.thread_member_ids:
        thread.thread_member_ids.append(user_id)
        core.announce.channel_updated(thread)


def leave(core: Core, thread: ChannelRecord, user_id: int) -> None:
    """Take someone out of a thread."""
    if user_id in thread.thread_member_ids:
        thread.thread_member_ids.remove(user_id)
        core.announce.channel_updated(thread)


def wake(core: Core, channel: ChannelRecord) -> None:
    """Take a thread out of the archive when someone posts; a locked one takes nothing."""
    if channel.archived:
        if channel.locked:
            raise thread_is_archived()
        channel.archived = False
        core.announce.channel_updated(channel)


def _thread(
    core: Core, parent: ChannelRecord, thread_id: int, kind: ChannelType, owner_id: int, body: Json
) -> ChannelRecord:
    thread = ChannelRecord(thread_id, kind, body["name"], parent.guild_id, parent_id=parent.id, owner_id=owner_id)
    thread.auto_archive_minutes = body.get("auto_archive_duration") or 1440
    thread.created_at = core.clock.now()
    thread.thread_member_ids = [owner_id]
    return thread
