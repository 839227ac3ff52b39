"""Channels and threads."""

from __future__ import annotations

from sandbox import channels
from sandbox.errors import FormErrors, missing_access, thread_exists, unknown_member, wrong_channel_type
from sandbox.payloads.channels import channel_json, thread_member_json
from sandbox.permissions import Permission
from sandbox.rest.routes import Answer, Call, route
from sandbox.wire import Json
from sandbox.world import ChannelRecord, ChannelType

CHANNEL = "/channels/{channel_id}"


@route("GET", CHANNEL)
def get_channel(call: Call) -> Json:
    """Answer with a channel or thread."""
    return channel_json(call.core.world, call.channel())


@route("PATCH", CHANNEL)
def edit_channel(call: Call) -> Json:
    """Change a channel's or thread's fields; a thread's owner needs no permission for its name and archive."""
    channel = call.channel()
    if channel.type == ChannelType.DM:
        raise wrong_channel_type()
    own_thread = channel.is_thread and channel.owner_id == call.bot_id
    if not own_thread:
        call.require(channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    _check_name(call.form(), required=False)
    channels.change(call.core, channel, call.form())
    return channel_json(call.core.world, channel)


@route("DELETE", CHANNEL)
def delete_channel(call: Call) -> Json:
    """Take a channel or thread away."""
    channel = call.channel()
    if channel.type == ChannelType.DM:
        raise wrong_channel_type()
    call.require(channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    gone = channel_json(call.core.world, channel)
    call.core.announce.channel_deleted(channel)
    return gone


@route("POST", CHANNEL + "/messages/{message_id}/threads")
def thread_from_message(call: Call) -> Answer:
    """Start a public thread on a message."""
    parent = _parent(call, Permission.CREATE_PUBLIC_THREADS)
    message = call.message(parent)
    _check_name(call.form(), required=True)
    if message.id in call.core.world.channels:
        raise thread_exists()
    thread = channels.thread_on(call.core, parent, message, call.bot_id, call.form())
    return Answer(201, channel_json(call.core.world, thread))


@route("POST", CHANNEL + "/threads")
def thread_in_channel(call: Call) -> Answer:
    """Start a thread in a channel; private unless its type says otherwise, as at Discord."""
    private = (call.form().get("type") or ChannelType.PRIVATE_THREAD) == ChannelType.PRIVATE_THREAD
    parent = _parent(call, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
    _check_name(call.form(), required=True)
    thread = channels.thread_in(call.core, parent, call.bot_id, call.form(), private=private)
    return Answer(201, channel_json(call.core.world, thread))


@route("PUT", CHANNEL + "/thread-members/@me")
def join_thread(call: Call) -> None:
    """Let the bot join a thread."""
    channels.join(call.core, _thread(call), call.bot_id)


@route("DELETE", CHANNEL + "/thread-members/@me")
def leave_thread(call: Call) -> None:
    """Let the bot leave a thread."""
    channels.leave(call.core, _thread(call), call.bot_id)


@route("PUT", CHANNEL + "/thread-members/{user_id}")
def add_to_thread(call: Call) -> None:
    """Add someone to a thread."""
    thread, user_id = _thread(call), call.id("user_id")
    if thread.guild_id is None or user_id not in call.core.world.guilds[thread.guild_id].members:
        raise unknown_member()
    channels.join(call.core, thread, user_id)


@route("DELETE", CHANNEL + "/thread-members/{user_id}")
def remove_from_thread(call: Call) -> None:
    """Take someone out of a thread."""
    thread = _thread(call)
    call.require(thread, Permission.MANAGE_THREADS)
    channels.leave(call.core, thread, call.id("user_id"))


@route("GET", CHANNEL + "/thread-members")
def thread_members(call: Call) -> list[Json]:
    """Answer who is in a thread."""
    thread = _thread(call)
    return [thread_member_json(thread, user_id) for user_id in thread.thread_member_ids]


def _parent(call: Call, needed: Permission) -> ChannelRecord:
    channel = call.channel()
    if channel.type != ChannelType.TEXT:
        raise wrong_channel_type()
    call.require(channel, needed)
    return channel


def _thread(call: Call) -> ChannelRecord:
    channel = call.channel()
    if not channel.is_thread:
        raise missing_access()
    return channel


def _check_name(body: Json, *, required: bool) -> None:
    errors = FormErrors()
    if required or "name" in body:
        errors.bad_length(("name",), body.get("name"), 1, 100)
    errors.check()
