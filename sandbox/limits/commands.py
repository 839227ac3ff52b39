"""What application commands may look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.errors import ApiError, FormErrors
from sandbox.wire import Json

SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
NAME = re.compile(r"^[-_'\w]{1,32}$")
MAX_OPTIONS = MAX_CHOICES = 25
MAX_CHARACTERS = 8000
MAX_OF_TYPE = {1: (100, 30032), 2: (15, 30033), 3: (15, 30034)}

Path = tuple[Any, ...]


def check_commands(commands: list[Json]) -> None:
    """Raise what Discord answers to a list of commands that it would not take."""
    errors = FormErrors()
    for index, command in enumerate(commands):
        check_command(command, (index,), errors)
    names = Counter((command.get("type") or 1, command.get("name")) for command in commands)
    for index, command in enumerate(commands):
        if names[(command.get("type") or 1, command.get("name"))] > 1:
            text = "Application command names must be unique"
            errors.add((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
    errors.check()
    for kind, (maximum, code) in MAX_OF_TYPE.items():
        if sum((command.get("type") or 1) == kind for command in commands) > maximum:
            raise ApiError(400, code, f"Maximum number of application commands reached ({maximum})")


def check_command(command: Json, path: Path, errors: FormErrors) -> None:
    """Note what is wrong with one command."""
    if (command.get("type") or 1) != 1:
        errors.bad_length((*path, "name"), command.get("name"), 1, 32)
        return
    _check_named(command, path, errors)
    _check_options(command.get("options") or [], path, errors, depth=0)
    if sum(_characters(command)) > MAX_CHARACTERS:
        text = f"Command exceeds maximum size ({MAX_CHARACTERS})"
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", text)


def _characters(node: Json) -> Iterator[int]:
    yield len(node.get("name") or "") + len(node.get("description") or "")
    for choice in node.get("choices") or []:
        yield len(choice["name"]) + len(str(choice["value"]))
    for option in node.get("options") or []:
        yield from _characters(option)


def _check_named(node: Json, path: Path, errors: FormErrors) -> None:
    name = node.get("name") or ""
    if not NAME.match(name) or name != name.lower():
        text = f"Command name is invalid: {name[:32]!r}"
        errors.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", text)
    errors.bad_length((*path, "description"), node.get("description"), 1, 100)


def _check_options(options: list[Json], path: Path, errors: FormErrors, depth: int) -> None:
    if len(options) > MAX_OPTIONS:
        errors.bad_length((*path, "options"), options, 0, MAX_OPTIONS)
    seen: set[str] = set()
    optional_seen = False
    for index, option in enumerate(options):
        here = (*path, "options", index)
        _check_option(option, here, errors, depth)
        if option.get("name") in seen:
            text = "Option names must be unique"
            errors.add((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", text)
        seen.add(option.get("name", ""))
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            errors.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")
    _check_not_mixed(options, path, errors)


def _check_not_mixed(options: list[Json], path: Path, errors: FormErrors) -> None:
    nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        errors.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)


def _check_option(option: Json, path: Path, errors: FormErrors, depth: int) -> None:
    _check_named(option, path, errors)
    kind = option.get("type")
    if kind in (SUBCOMMAND, GROUP):
        if (kind == GROUP and depth > 0) or depth > 1:
            text = "Sub-command groups cannot be nested"
            errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
        _check_options(option.get("options") or [], path, errors, depth + 1)
        return
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        text = "Autocomplete cannot be combined with choices"
        errors.add((*path, "choices"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", text)
    check_choices(kind or STRING, choices, path, errors)


def check_choices(kind: int, choices: list[Json], path: Path, errors: FormErrors) -> None:
    """Note choices that are too many, too long or of the wrong type."""
    if len(choices) > MAX_CHOICES:
        errors.bad_length((*path, "choices"), choices, 0, MAX_CHOICES)
    for index, choice in enumerate(choices):
        errors.bad_length((*path, "choices", index, "name"), choice.get("name"), 1, 100)
        if not _is_of(kind, choice.get("value")):
            text = f"Could not interpret {str(choice.get('value'))[:40]!r} as this option's type."
            errors.add((*path, "choices", index, "value"), "BASE_TYPE_CHOICES", text)


def _is_of(kind: int, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if kind == STRING:
        return isinstance(value, str) and len(value) <= 100
    return isinstance(value, int if kind == INTEGER else (int, float))
