"""What buttons, selects and layout components may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.errors import FormErrors
from sandbox.wire import Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT, CONTAINER, LABEL = 1, 2, 3, 4, 10, 17, 18
SELECTS = (3, 5, 6, 7, 8)
LAYOUT = (9, 10, 12, 13, 14, 17)
LINK_STYLE, PREMIUM_STYLE = 5, 6
MAX_ROWS, MAX_BUTTONS, MAX_V2, MAX_V2_TEXT = 5, 5, 40, 4000

Path = tuple[Any, ...]


def walk(components: list[Json], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Yield every component with its path, nested ones after the one that holds them."""
    for index, component in enumerate(components):
        here = (*path, index)
        yield here, component
        yield from walk(component.get("components") or [], (*here, "components"))
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield (*here, key), component[key]


def check_components(components: list[Json], errors: FormErrors, *, layout: bool) -> None:
    """Note every component that is over a limit; `layout` says that the Components V2 flag is set."""
    found = list(walk(components))
    if layout:
        _check_layout(found, errors)
    else:
        _check_rows(components, errors)
    _check_unique(found, errors)
    for path, component in found:
        if component["type"] == BUTTON:
            _check_button(component, path, errors)
        elif component["type"] in SELECTS:
            check_select(component, path, errors)


def _check_rows(components: list[Json], errors: FormErrors) -> None:
    if len(components) > MAX_ROWS:
        errors.bad_length(("components",), components, 0, MAX_ROWS)
    for index, row in enumerate(components):
        if row["type"] in LAYOUT:
            errors.add(("components", index), "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
        inner = row.get("components") or []
        has_select = any(component["type"] in SELECTS for component in inner)
        errors.bad_length(("components", index, "components"), inner, 1, 1 if has_select else MAX_BUTTONS)


def _check_layout(found: list[tuple[Path, Json]], errors: FormErrors) -> None:
    if len(found) > MAX_V2:
        text = f"Must be {MAX_V2} or fewer in length."
        errors.add(("components",), "BASE_TYPE_BAD_LENGTH", text)
    if sum(len(c.get("content") or "") for _, c in found if c["type"] == TEXT) > MAX_V2_TEXT:
        text = f"The total displayable text exceeds maximum size of {MAX_V2_TEXT}"
        errors.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)


def _check_unique(found: list[tuple[Path, Json]], errors: FormErrors) -> None:
    seen: set[str] = set()
    for path, component in found:
        custom_id = component.get("custom_id")
        if custom_id in seen:
            text = "Component custom id cannot be duplicated"
            errors.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", text)
        if custom_id:
            seen.add(custom_id)


def _check_button(button: Json, path: Path, errors: FormErrors) -> None:
    errors.too_long((*path, "label"), button.get("label"), 80)
    errors.too_long((*path, "custom_id"), button.get("custom_id"), 100)
    if button.get("style") == LINK_STYLE:
        errors.required((*path, "url"), button.get("url"))
    elif button.get("style") != PREMIUM_STYLE:
        errors.required((*path, "custom_id"), button.get("custom_id"))
    if not button.get("label") and not button.get("emoji") and button.get("style") != PREMIUM_STYLE:
        errors.required((*path, "label"), None)


def check_select(select: Json, path: Path, errors: FormErrors) -> None:
    """Note a select that is over a limit."""
    errors.required((*path, "custom_id"), select.get("custom_id"))
    errors.too_long((*path, "custom_id"), select.get("custom_id"), 100)
    errors.too_long((*path, "placeholder"), select.get("placeholder"), 150)
    if select["type"] != STRING_SELECT:
        return
    options = select.get("options") or []
    errors.bad_length((*path, "options"), options, 1, 25)
    for index, option in enumerate(options):
        for key, maximum in (("label", 100), ("value", 100)):
            errors.bad_length((*path, "options", index, key), option.get(key), 1, maximum)
        errors.too_long((*path, "options", index, "description"), option.get("description"), 100)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        errors.add((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Option values must be unique.")
