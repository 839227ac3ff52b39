"""What an embed may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.errors import FormErrors
from sandbox.wire import Json
from sandbox.world import Attachment

MAX_EMBEDS, MAX_FIELDS, MAX_TOTAL = 10, 25, 6000
TEXTS = (("title", 256), ("description", 4096))


def check_embeds(embeds: list[Json], errors: FormErrors) -> None:
    """Note every embed that is over a limit, and the sum of them all."""
    if len(embeds) > MAX_EMBEDS:
        errors.bad_length(("embeds",), embeds, 0, MAX_EMBEDS)
    for index, embed in enumerate(embeds):
        _check_embed(embed, ("embeds", index), errors)
    if sum(map(embed_size, embeds)) > MAX_TOTAL:
        text = f"Embed size exceeds maximum size of {MAX_TOTAL}"
        errors.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", text)


def embed_size(embed: Json) -> int:
    """Count the characters that Discord counts."""
    fields = embed.get("fields") or []
    named = (embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")
    texts = [embed.get("title"), embed.get("description"), *named]
    texts += [text for field in fields for text in (field.get("name"), field.get("value"))]
    return sum(len(text) for text in texts if text)


def embed_json(embed: Json, files: Mapping[str, Attachment]) -> Json:
    """Write an embed as Discord answers it; `attachment://` names become the files' addresses."""
    shown = {key: value for key, value in embed.items() if value is not None}
    shown["type"] = "rich"
    for key in ("image", "thumbnail"):
        if key in shown:
            shown[key] = _image_json(shown[key]["url"], files)
    for key in ("footer", "author"):
        if isinstance(shown.get(key), dict) and shown[key].get("icon_url"):
            icon = _resolved(shown[key]["icon_url"], files)
            shown[key] = shown[key] | {"icon_url": icon, "proxy_icon_url": icon}
    if "fields" in shown:
        shown["fields"] = [{"inline": False} | field for field in shown["fields"]]
    return shown


def _check_embed(embed: Json, path: tuple[Any, ...], errors: FormErrors) -> None:
    for key, maximum in TEXTS:
        errors.too_long((*path, key), embed.get(key), maximum)
    errors.too_long((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), 2048)
    errors.too_long((*path, "author", "name"), (embed.get("author") or {}).get("name"), 256)
    fields = embed.get("fields") or []
    if len(fields) > MAX_FIELDS:
        errors.bad_length((*path, "fields"), fields, 0, MAX_FIELDS)
    for index, field in enumerate(fields):
        for key, maximum in (("name", 256), ("value", 1024)):
            errors.required((*path, "fields", index, key), field.get(key))
            errors.too_long((*path, "fields", index, key), field.get(key), maximum)


def _image_json(url: str, files: Mapping[str, Attachment]) -> Json:
    file, address = _named(url, files), _resolved(url, files)
    width, height = (file.width, file.height) if file else (None, None)
    return {"url": address, "proxy_url": address, "width": width or 0, "height": height or 0, "flags": 0}


def _resolved(url: str, files: Mapping[str, Attachment]) -> str:
    file = _named(url, files)
    return file.url if file else url


def _named(url: str, files: Mapping[str, Attachment]) -> Attachment | None:
    """Return the file of the message that an `attachment://` name means."""
    return files.get(url.removeprefix("attachment://")) if url.startswith("attachment://") else None
