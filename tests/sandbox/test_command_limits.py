"""Commands that Discord would not take are not taken."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.errors import ApiError
from sandbox.limits.commands import check_commands


def command(**changes: Any) -> dict[str, Any]:
    return {"type": 1, "name": "story", "description": "Stories", "options": []} | changes


def option(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": "title", "description": "A title"} | changes


def choices(count: int, size: int = 5) -> list[dict[str, Any]]:
    return [{"name": f"{i:0{size}}", "value": f"{i:0{size}}"} for i in range(count)]


@pytest.mark.parametrize(
    ("commands", "path", "code"),
    [
        ([command(name="Story")], ["0", "name"], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="a story")], ["0", "name"], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="x" * 33)], ["0", "name"], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(description="")], ["0", "description"], "BASE_TYPE_BAD_LENGTH"),
        ([command(description="x" * 101)], ["0", "description"], "BASE_TYPE_BAD_LENGTH"),
        ([command(), command()], ["0", "name"], "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        (
            [command(options=[option(), option(name="why", required=True)])],
            ["0", "options", "1"],
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            [command(options=[option(), option()])],
            ["0", "options", "1", "name"],
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
        ),
        (
            [command(options=[option(), option(type=1, name="sub")])],
            ["0", "options"],
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            [command(options=[option(name=f"o{i}") for i in range(26)])],
            ["0", "options"],
            "BASE_TYPE_BAD_LENGTH",
        ),
        ([command(options=[option(choices=choices(26))])], ["0", "options", "0", "choices"], "BASE_TYPE_BAD_LENGTH"),
        (
            [command(options=[option(type=4, choices=choices(1))])],
            ["0", "options", "0", "choices", "0", "value"],
            "BASE_TYPE_CHOICES",
        ),
        (
            [command(options=[option(autocomplete=True, choices=choices(1))])],
            ["0", "options", "0", "choices"],
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
        ),
        (
            [command(options=[option(name=f"o{i}", choices=choices(20, 30)) for i in range(7)])],
            ["0"],
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
    ],
)
def test_a_command_over_a_limit_is_refused_where_it_is_wrong(
    commands: list[dict[str, Any]], path: list[str], code: str
) -> None:
    with pytest.raises(ApiError) as refused:
        check_commands(commands)
    assert refused.value.body["code"] == 50035
    node = refused.value.body["errors"]
    for step in path:
        node = node[step]
    assert code in [error["code"] for error in node["_errors"]]


def test_a_hundred_slash_commands_are_enough() -> None:
    with pytest.raises(ApiError) as refused:
        check_commands([command(name=f"c{i}") for i in range(101)])
    assert refused.value.body["code"] == 30032


def test_a_name_in_any_script_is_fine() -> None:
    check_commands([command(name="物語"), command(name="рассказ"), command(name="it's-me_2")])
