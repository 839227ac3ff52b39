"""Make, edit and delete messages: the same code for the bot, its interactions and people."""

from __future__ import annotations

import copy
from typing import Any

from sandbox.attachments import kept_and_new, store
from sandbox.components import components_json
from sandbox.core import Core
from sandbox.errors import unknown_message
from sandbox.files import Upload
from sandbox.limits.embeds import embed_json
from sandbox.limits.messages import check_body, check_files, check_not_empty
from sandbox.mentions import find_mentions
from sandbox.wire import Json
from sandbox.world import Attachment, ChannelRecord, MessageFlag, MessageRecord

SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
EDITABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2
NONCE_LIFE_S = 300


def create(
    core: Core,
    channel: ChannelRecord,
    author_id: int,
    body: Json,
    uploads: dict[int, Upload],
    *,
    flags: int = 0,
    attachments: list[Attachment] | None = None,
    **attributes: Any,
) -> MessageRecord:
    """Post a message; ApiError where Discord would refuse it."""
    if (twin := _twin(core, channel, author_id, body)) is not None:
        return twin
    flags |= (body.get("flags") or 0) & SETTABLE
    check_body(body, flags)
    check_files(list(uploads.values()))
    message = MessageRecord(core.ids.next(), channel.id, author_id, core.clock.now(), flags=flags, **attributes)
    message.attachments = attachments or []
    _fill(message, body)
    check_not_empty(message, [*message.attachments, *uploads])
    message.attachments += store(core, message, body, uploads)
    _resolve(message, body)
    find_mentions(core.world, message, body.get("allowed_mentions"))
    core.announce.message_created(message)
    return message


def think(core: Core, channel: ChannelRecord, author_id: int, *, flags: int, **attributes: Any) -> MessageRecord:
    """Post the "is thinking" message of a deferred answer."""
    flags |= MessageFlag.LOADING
    message = MessageRecord(core.ids.next(), channel.id, author_id, core.clock.now(), flags=flags, **attributes)
    core.announce.message_created(message)
    return message


def edit(core: Core, message: MessageRecord, body: Json, uploads: dict[int, Upload]) -> MessageRecord:
    """Change what `body` names of a message; a deferred answer becomes an ordinary one."""
    if core.world.message(message.channel_id, message.id) is not message:
        raise unknown_message()
    changed = _draft(message, body)
    kept, new = kept_and_new(message, body, uploads)
    check_files(list(new.values()), kept=len(kept))
    check_not_empty(changed, [*kept, *new])
    message.edits.append(message.content)
    if not message.is_thinking and body.keys() - {"flags"}:
        message.edited_at = core.clock.now()
    message.flags = changed.flags & ~MessageFlag.LOADING
    message.content, message.embeds, message.components = changed.content, changed.embeds, changed.components
    message.attachments = kept + store(core, message, body, new)
    _resolve(message, body)
    find_mentions(core.world, message, body.get("allowed_mentions"))
    core.announce.message_updated(message)
    return message


def delete(core: Core, message: MessageRecord) -> None:
    """Take a message away; Unknown Message where it is gone already."""
    if core.world.message(message.channel_id, message.id) is not message:
        raise unknown_message()
    core.announce.message_deleted(message)


def _draft(message: MessageRecord, body: Json) -> MessageRecord:
    """Return what the message would become, or raise what is wrong with it."""
    draft = copy.copy(message)
    if body.get("flags") is not None:
        layout = message.flags & MessageFlag.COMPONENTS_V2  # this flag stays once it is set
        draft.flags = (message.flags & ~EDITABLE) | (body["flags"] & EDITABLE) | layout
    check_body(body, draft.flags)
    _fill(draft, body)
    return draft


def _fill(message: MessageRecord, body: Json) -> None:
    """Copy the named fields of a body into a record."""
    if "content" in body:
        message.content = (body["content"] or "").strip()
    if "embeds" in body:
        message.embeds = body["embeds"] or []
    if "components" in body:
        message.components = components_json(body["components"] or [])
    if "tts" in body:
        message.tts = bool(body["tts"])
    if body.get("nonce") is not None:
        message.nonce = body["nonce"]


def _resolve(message: MessageRecord, body: Json) -> None:
    """Turn `attachment://` names into addresses, now that the files have some."""
    files = {attachment.filename: attachment for attachment in message.attachments}
    if "embeds" in body:
        message.embeds = [embed_json(embed, files) for embed in message.embeds]
    if "components" in body:
        message.components = components_json(message.components, message.attachments)


def _twin(core: Core, channel: ChannelRecord, author_id: int, body: Json) -> MessageRecord | None:
    """Find the message that the same nonce already made; Discord looks back a few minutes."""
    nonce = body.get("nonce")
    if nonce is None or not body.get("enforce_nonce"):
        return None
    since = core.clock.now() - NONCE_LIFE_S
    recent = (m for m in channel.messages.values() if m.author_id == author_id and m.created_at >= since)
    return next((message for message in recent if message.nonce == nonce), None)
