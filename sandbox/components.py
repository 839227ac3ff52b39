"""Components as Discord answers them: numbered, with their defaults filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.limits.components import SELECTS, walk
from sandbox.wire import Json
from sandbox.world import Attachment

DEFAULTS: dict[int, Json] = {
    2: {"style": 2},
    11: {"description": None, "spoiler": False},
    13: {"spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}


def components_json(components: list[Json], attachments: Sequence[Attachment] = ()) -> list[Json]:
    """Return components as a message carries them; `attachment://` names become addresses."""
    files = {f"attachment://{attachment.filename}": attachment for attachment in attachments}
    shown = [_component_json(_named(component), files) for component in components]
    _number(shown)
    return shown


def _named(value: Any) -> Any:
    """Return JSON without the fields that are null: Discord leaves them out."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    return {key: _named(item) for key, item in value.items() if item is not None} if isinstance(value, dict) else value


def _component_json(component: Json, files: dict[str, Attachment]) -> Json:
    shown = DEFAULTS.get(component["type"], {}) | component
    if component["type"] in SELECTS:
        shown = {"min_values": 1, "max_values": 1} | shown
    if "components" in shown:
        shown["components"] = [_component_json(inner, files) for inner in shown["components"]]
    for key in ("accessory", "component"):
        if key in shown:
            shown[key] = _component_json(shown[key], files)
    return _with_media(shown, files)


def _with_media(shown: Json, files: dict[str, Attachment]) -> Json:
    for key in ("media", "file"):
        if key in shown:
            shown[key] = _media_json(shown[key], files)
    if "items" in shown:
        item_defaults: Json = {"description": None, "spoiler": False}
        shown["items"] = [
            item_defaults | item | {"media": _media_json(item["media"], files)} for item in shown["items"]
        ]
    return shown


def _media_json(media: Json, files: dict[str, Attachment]) -> Json:
    attachment = files.get(media["url"])
    if attachment is None:
        return {"id": "0", "proxy_url": media["url"], "width": None, "height": None, "content_type": None} | media
    return {
        "id": str(attachment.id),
        "attachment_id": str(attachment.id),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "width": attachment.width,
        "height": attachment.height,
        "content_type": attachment.content_type,
    }


def _number(components: list[Json]) -> None:
    """Give every component without an id the next free number, in reading order."""
    found: list[Json] = [component for _, component in walk(components)]
    taken: set[Any] = {component["id"] for component in found if component.get("id")}
    free = iter(number for number in range(1, len(found) + len(taken) + 2) if number not in taken)
    for component in found:
        if not component.get("id"):
            component["id"] = next(free)
