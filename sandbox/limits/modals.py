"""What a modal may hold."""

from __future__ import annotations

from sandbox.errors import FormErrors
from sandbox.limits.components import LABEL, SELECTS, TEXT_INPUT, Path, check_select, walk
from sandbox.wire import Json

MAX_ROWS, MAX_TITLE, MAX_TEXT = 5, 45, 4000


def check_modal(modal: Json) -> None:
    """Raise 50035 for a modal that Discord would refuse."""
    errors = FormErrors()
    path: Path = ("data",)
    errors.bad_length((*path, "custom_id"), modal.get("custom_id"), 1, 100)
    errors.bad_length((*path, "title"), modal.get("title"), 1, MAX_TITLE)
    errors.bad_length((*path, "components"), modal.get("components"), 1, MAX_ROWS)
    for here, component in walk(modal.get("components") or [], (*path, "components")):
        if component["type"] == TEXT_INPUT:
            _check_text_input(component, here, errors)
        elif component["type"] in SELECTS:
            check_select(component, here, errors)
        elif component["type"] == LABEL:
            errors.bad_length((*here, "label"), component.get("label"), 1, 45)
            errors.too_long((*here, "description"), component.get("description"), 100)
    errors.check()


def _check_text_input(field: Json, path: Path, errors: FormErrors) -> None:
    errors.bad_length((*path, "custom_id"), field.get("custom_id"), 1, 100)
    if field.get("label") is not None:
        errors.bad_length((*path, "label"), field["label"], 1, 45)
    errors.too_long((*path, "placeholder"), field.get("placeholder"), 100)
    errors.too_long((*path, "value"), field.get("value"), min(field.get("max_length") or MAX_TEXT, MAX_TEXT))
    for key, lowest in (("min_length", 0), ("max_length", 1)):
        if field.get(key) is not None and not lowest <= field[key] <= MAX_TEXT:
            text = f"int value should be between {lowest} and {MAX_TEXT}."
            errors.add((*path, key), "NUMBER_TYPE_RANGE", text)
