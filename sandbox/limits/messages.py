"""What a message may hold."""

from __future__ import annotations

from collections.abc import Collection

from sandbox.errors import FormErrors, empty_message, entity_too_large
from sandbox.files import Upload
from sandbox.limits.components import check_components
from sandbox.limits.embeds import check_embeds
from sandbox.limits.numbers import snowflake
from sandbox.wire import Json
from sandbox.world import MessageFlag, MessageRecord

MAX_CONTENT = 2000
MAX_MENTIONS = 100
MAX_FILES = 10
MAX_DESCRIPTION = 1024
MAX_FILE_BYTES = 10 * 2**20
MAX_REQUEST_BYTES = 25 * 2**20


def check_files(uploads: list[Upload], kept: int = 0) -> None:
    """Refuse too many files, and files that are too big."""
    if len(uploads) + kept > MAX_FILES:
        errors = FormErrors()
        errors.add(("attachments",), "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_FILES} or fewer in length.")
        errors.check()
    if any(len(upload.content) > MAX_FILE_BYTES for upload in uploads):
        raise entity_too_large()


def check_body(body: Json, flags: int) -> None:
    """Raise 50035 with every field of a message that is over its limit; `flags` are the message's own."""
    errors = FormErrors()
    layout = bool(flags & MessageFlag.COMPONENTS_V2)
    errors.too_long(("content",), body.get("content"), MAX_CONTENT)
    _check_allowed_mentions(body.get("allowed_mentions") or {}, errors)
    for index, entry in enumerate(body.get("attachments") or []):
        errors.too_long(("attachments", index, "description"), entry.get("description"), MAX_DESCRIPTION)
    check_embeds(body.get("embeds") or [], errors)
    check_components(body.get("components") or [], errors, layout=layout)
    if layout:
        _check_layout_alone(body, errors)
    errors.check()


def check_not_empty(message: MessageRecord, files: Collection[object]) -> None:
    """Raise 50006 for a message with nothing in it."""
    if not (message.content.strip() or message.embeds or message.components or files):
        raise empty_message()


def _check_allowed_mentions(allowed: Json, errors: FormErrors) -> None:
    for kind in ("users", "roles"):
        listed = [snowflake(value, "allowed_mentions", kind, at) for at, value in enumerate(allowed.get(kind) or [])]
        if len(listed) > MAX_MENTIONS:
            errors.bad_length(("allowed_mentions", kind), listed, 0, MAX_MENTIONS)
        if listed and kind in (allowed.get("parse") or []):
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            errors.add(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _check_layout_alone(body: Json, errors: FormErrors) -> None:
    text = "The '{}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    for key in ("content", "embeds"):
        if body.get(key):
            errors.add((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text.format(key))
