"""Messages of a channel: read, post, edit, delete, react, type."""

from __future__ import annotations

from sandbox import messages
from sandbox.channels import wake
from sandbox.errors import ApiError, FormErrors, not_the_author, wrong_channel_type
from sandbox.limits.numbers import count, snowflake
from sandbox.payloads.messages import message_json
from sandbox.permissions import Permission
from sandbox.rest.routes import Call, route
from sandbox.wire import Json
from sandbox.world import ChannelRecord, ChannelType, MessageType

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
REACTION = MESSAGE + "/reactions/{emoji}/@me"


@route("GET", MESSAGES)
def history(call: Call) -> list[Json]:
    """Answer with messages, newest first, before, after or around an id."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    ids = [m.id for m in channel.messages.values() if m.ephemeral_for is None]
    limit = min(max(count(call.query.get("limit", 50), "limit"), 1), 100)
    chosen = _window(ids, call.query, limit)
    return [message_json(call.core.world, channel.messages[i]) for i in sorted(chosen, reverse=True)]


@route("GET", MESSAGE)
def get_message(call: Call) -> Json:
    """Answer with one message."""
    return message_json(call.core.world, call.message(call.channel(Permission.READ_MESSAGE_HISTORY)))


@route("POST", MESSAGES)
def post_message(call: Call) -> Json:
    """Post a message as the bot."""
    channel = call.channel()
    call.require(channel, Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    if call.uploads:
        call.require(channel, Permission.ATTACH_FILES)
    wake(call.core, channel)
    reference_id = _reference(channel, call.form())
    kind = MessageType.REPLY if reference_id else MessageType.DEFAULT
    message = messages.create(
        call.core, channel, call.bot_id, call.form(), call.uploads, type=kind, reference_id=reference_id
    )
    return message_json(call.core.world, message)


@route("PATCH", MESSAGE)
def edit_message(call: Call) -> Json:
    """Change one of the bot's own messages."""
    message = call.message(call.changeable())
    if message.author_id != call.bot_id:
        raise not_the_author()
    return message_json(call.core.world, messages.edit(call.core, message, call.form(), call.uploads))


@route("DELETE", MESSAGE)
def delete_message(call: Call) -> None:
    """Delete one's own message, or anyone's with Manage Messages."""
    channel = call.channel()
    message = call.message(channel)
    if message.author_id != call.bot_id:
        call.require(channel, Permission.MANAGE_MESSAGES)
    messages.delete(call.core, message)


@route("POST", MESSAGES + "/bulk-delete")
def delete_messages(call: Call) -> None:
    """Delete many messages at once."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    if channel.type == ChannelType.DM:
        raise wrong_channel_type()
    named = enumerate(call.form().get("messages") or [])
    for message_id in [snowflake(value, "messages", index) for index, value in named]:
        if message_id in channel.messages:
            messages.delete(call.core, channel.messages[message_id])


@route("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> None:
    """Show that the bot types."""
    channel = call.channel()
    call.require(channel, Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    call.core.announce.typing(channel, call.bot_id, call.core.clock.now())


@route("PUT", REACTION)
def react(call: Call) -> None:
    """Put the bot's reaction on a message."""
    message = call.message(call.changeable(Permission.ADD_REACTIONS))
    who = message.reactions.setdefault(call.params["emoji"], [])
    if call.bot_id not in who:
        who.append(call.bot_id)
        call.core.announce.reaction(True, message, call.bot_id, _emoji(call))


@route("DELETE", REACTION)
def take_reaction_back(call: Call) -> None:
    """Take the bot's reaction off a message."""
    message = call.message(call.channel())
    who = message.reactions.get(call.params["emoji"], [])
    if call.bot_id not in who:
        raise ApiError(404, 10014, "Unknown Emoji")
    who.remove(call.bot_id)
    if not who:
        del message.reactions[call.params["emoji"]]
    call.core.announce.reaction(False, message, call.bot_id, _emoji(call))


def _window(ids: list[int], query: dict[str, str], limit: int) -> list[int]:
    if "after" in query:
        after = snowflake(query["after"], "after")
        return [i for i in ids if i > after][:limit]
    if "around" in query:
        middle = snowflake(query["around"], "around")
        older = [i for i in ids if i <= middle][-(limit // 2 + 1) :]
        return older + [i for i in ids if i > middle][: limit // 2]
    before = snowflake(query["before"], "before") if "before" in query else None
    return [i for i in ids if before is None or i < before][-limit:]


def _reference(channel: ChannelRecord, body: Json) -> int | None:
    """Return the message that is replied to; 50035 where it is gone, unless the bot said that this is fine."""
    reference = body.get("message_reference")
    if not reference:
        return None
    message = channel.messages.get(snowflake(reference.get("message_id"), "message_reference", "message_id"))
    if message is not None and message.ephemeral_for is None:
        return message.id
    if reference.get("fail_if_not_exists", True):
        errors = FormErrors()
        errors.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        errors.check()
    return None


def _emoji(call: Call) -> Json:
    name, _, emoji_id = call.params["emoji"].partition(":")
    return {"id": emoji_id or None, "name": name}
