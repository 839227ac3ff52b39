"""Ids and counts as a request writes them."""

from __future__ import annotations

from typing import Any

from sandbox.errors import ApiError, FormErrors

MAX_ID = 2**63 - 1


def snowflake(value: object, *path: Any) -> int:
    """Read an id; 50035 at its place in the request where it is none."""
    number = _whole(value)
    if number is None or number > MAX_ID:
        raise _not_a("snowflake", value, path)
    return number


def count(value: object, *path: Any) -> int:
    """Read a number of things; 50035 where it is none."""
    number = _whole(value)
    if number is None:
        raise _not_a("int", value, path)
    return number


def _whole(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value >= 0 else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None


def _not_a(kind: str, value: object, path: tuple[Any, ...]) -> ApiError:
    errors = FormErrors()
    errors.add(path, "NUMBER_TYPE_COERCE", f'Value "{str(value)[:100]}" is not {kind}.')
    return ApiError(400, 50035, "Invalid Form Body", errors.tree)
