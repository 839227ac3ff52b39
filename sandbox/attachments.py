"""Files on messages: what a form keeps, what it adds, and where the bytes go."""

from __future__ import annotations

from dataclasses import replace

from sandbox.addresses import file_address
from sandbox.core import Core
from sandbox.files import Upload, content_type_of, picture_size
from sandbox.wire import Json
from sandbox.world import Attachment, MessageRecord

SPOILER = "SPOILER_"
"""Discord's clients hide a file by this beginning of its name; a form may say `is_spoiler` instead."""


def store(core: Core, message: MessageRecord, body: Json, uploads: dict[int, Upload]) -> list[Attachment]:
    """Keep uploaded files and return them as a message's attachments, described as the form says."""
    described = _described(body)
    stored = []
    for index, upload in uploads.items():
        entry = described.get(str(index), {})
        attachment = keep(core, message.channel_id, upload, entry.get("filename"))
        attachment.description = entry.get("description")
        attachment.is_spoiler |= bool(entry.get("is_spoiler"))
        stored.append(attachment)
    return stored


def keep(core: Core, place_id: int, upload: Upload, filename: str | None = None) -> Attachment:
    """Keep one file and return it as an attachment; `place_id` stands in its address as Discord's does."""
    file_id, kind = core.ids.next(), content_type_of(upload)
    name = (filename or upload.filename).replace("/", "_").replace("\\", "_")
    core.files.put(file_id, upload.content)
    url = file_address(core.base_url, place_id, file_id, name, core.clock.now())
    attachment = Attachment(file_id, name, kind, len(upload.content), url, is_spoiler=name.startswith(SPOILER))
    if size := picture_size(upload.content, kind):
        attachment.width, attachment.height = size
    return attachment


def kept_and_new(
    message: MessageRecord, body: Json, uploads: dict[int, Upload]
) -> tuple[list[Attachment], dict[int, Upload]]:
    """Split an edit's files: those the form still names (all, if it names none), and those that come with it."""
    if "attachments" not in body:
        return list(message.attachments), uploads
    named = _described(body)
    kept = [a for a in message.attachments if str(a.id) in named]
    return [replace(a, description=named[str(a.id)].get("description", a.description)) for a in kept], uploads


def _described(body: Json) -> dict[str, Json]:
    """Return what a form says of its files: new ones by their place in it, kept ones by their id."""
    return {str(entry["id"]): entry for entry in body.get("attachments") or []}
