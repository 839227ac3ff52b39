"""Selects and modals as a person fills them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.errors import Refused
from sandbox.interactions.resolved import Resolver
from sandbox.limits.components import LABEL, SELECTS, STRING_SELECT, TEXT_INPUT
from sandbox.wire import Json

ADDERS = {5: "add_user", 6: "add_role", 7: "add_mentionable", 8: "add_channel"}
MAX_TEXT = 4000


def select_values(select: Json, values: Sequence[Any], resolver: Resolver) -> list[str]:
    """Check the chosen values of a select and return them as Discord sends them."""
    low, high = select.get("min_values", 1), select.get("max_values", 1)
    if not low <= len(values) <= high:
        raise Refused(f"Choose {low} to {high}.")
    if select["type"] == STRING_SELECT:
        return [_option_value(select, str(value)) for value in values]
    for value in values:
        getattr(resolver, ADDERS[select["type"]])(int(value))
    return [str(int(value)) for value in values]


def modal_data(modal: Json, values: Mapping[str, Any], resolver: Resolver) -> Json:
    """Check what was typed into a modal and return the submission's data."""
    filled = [_filled(component, values, resolver) for component in modal["components"]]
    numbered = [part | {"id": index} for index, part in enumerate(filled, start=1)]
    return {"custom_id": modal["custom_id"], "components": numbered} | resolver.as_part()


def _option_value(select: Json, value: str) -> str:
    for option in select["options"]:
        if value in (option["value"], option["label"]):
            return str(option["value"])
    raise Refused(f"{value} cannot be chosen here.")


def _filled(component: Json, values: Mapping[str, Any], resolver: Resolver) -> Json:
    if component["type"] == LABEL:
        inner = component["component"]
        return {"type": LABEL, "component": _field(inner, component["label"], values, resolver)}
    inner_fields = component.get("components") or []
    fields = [_field(inner, inner.get("label") or "", values, resolver) for inner in inner_fields]
    return {"type": component["type"]} | ({"components": fields} if fields else {})


def _field(field: Json, label: str, values: Mapping[str, Any], resolver: Resolver) -> Json:
    shown: Json = {"type": field["type"], "id": field.get("id") or 0, "custom_id": field["custom_id"]}
    if field["type"] == TEXT_INPUT:
        return shown | {"value": _text(field, label, values.get(field["custom_id"]))}
    chosen = values.get(field["custom_id"]) or []
    chosen = [chosen] if isinstance(chosen, (str, int)) else chosen
    if field["type"] in SELECTS and (chosen or field.get("required", True)):
        return shown | {"values": select_values(field, chosen, resolver)}
    return shown | {"values": [str(value) for value in chosen]}


def _text(field: Json, label: str, typed: Any) -> str:
    """Return the text of an input; a field that was not touched keeps what the bot put there."""
    text = str(field.get("value") or "" if typed is None else typed)
    low, high = field.get("min_length") or 0, field.get("max_length") or MAX_TEXT
    if not text and field.get("required", True):
        raise Refused(f"{label} is required.")
    if text and not low <= len(text) <= high:
        raise Refused(f"{label} takes {low} to {high} characters.")
    return text
