"""What a person typed into a slash command, checked as Discord's client checks it before sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.core import Core
from sandbox.errors import Refused
from sandbox.interactions.resolved import Resolver
from sandbox.wire import Json

SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11
MAX_STRING = 6000


class Options:
    """Turn names and values into an interaction's `options`."""

    def __init__(self, core: Core, resolver: Resolver, values: Mapping[str, Any], focused: str | None = None) -> None:
        self._core, self._resolver = core, resolver
        self._values, self._focused = values, focused

    def data(self, command: Json, path: Sequence[str]) -> list[Json]:
        """Return the options of a command, nested as its path (group, subcommand) is."""
        described = command.get("options") or []
        if not path:
            return self._leaf(described)
        node = next((o for o in described if o["name"] == path[0] and o["type"] in (SUBCOMMAND, GROUP)), None)
        if node is None:
            raise Refused(f"There is no such subcommand: {path[0]}")
        return [{"name": node["name"], "type": node["type"], "options": self.data(node, path[1:])}]

    def _leaf(self, described: list[Json]) -> list[Json]:
        if any(option["type"] in (SUBCOMMAND, GROUP) for option in described):
            raise Refused("This command needs a subcommand.")
        unknown = self._values.keys() - {option["name"] for option in described}
        if unknown:
            raise Refused(f"There is no such option: {', '.join(sorted(unknown))}")
        given = [option for option in described if self._values.get(option["name"]) is not None]
        if self._focused is None:
            self._check_required(described)
        return [self._option(option) for option in given]

    def _check_required(self, described: list[Json]) -> None:
        for option in described:
            if option.get("required") and self._values.get(option["name"]) is None:
                raise Refused(f"The option {option['name']} is required.")

    def _option(self, option: Json) -> Json:
        value, shown = self._values[option["name"]], {"name": option["name"], "type": option["type"]}
        if self._focused == option["name"]:
            return shown | {"value": str(value), "focused": True}
        return shown | {"value": self._value(option, value)}

    def _value(self, option: Json, value: Any) -> Any:
        kind = option["type"]
        if kind in (USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT):
            return self._chosen(kind, int(value))
        if option.get("choices"):
            return self._choice(option, value)
        if kind == BOOLEAN:
            return _as_boolean(option, value)
        return _as_text(option, value) if kind == STRING else _as_number(option, value)

    def _chosen(self, kind: int, some_id: int) -> str:
        """Add what an id stands for, and return the id as Discord writes it."""
        if kind == ATTACHMENT:
            attachment = self._core.uploads.get(some_id)
            if attachment is None:
                raise Refused("That file is not there.")
            self._resolver.add_attachment(attachment)
        else:
            adders = {USER: "add_user", CHANNEL: "add_channel", ROLE: "add_role", MENTIONABLE: "add_mentionable"}
            getattr(self._resolver, adders[kind])(some_id)
        return str(some_id)

    @staticmethod
    def _choice(option: Json, value: Any) -> Any:
        for choice in option["choices"]:
            if value in (choice["value"], choice["name"]) or str(value) == str(choice["value"]):
                return choice["value"]
        raise Refused(f"{value} is no choice for the option {option['name']}.")


def _as_boolean(option: Json, value: Any) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise Refused(f"The option {option['name']} is true or false.")
    return str(value).lower() == "true"


def _as_text(option: Json, value: Any) -> str:
    text, maximum = str(value), option.get("max_length", MAX_STRING)
    if not option.get("min_length", 0) <= len(text) <= maximum:
        raise Refused(f"The option {option['name']} takes {option.get('min_length', 0)} to {maximum} characters.")
    return text


def _as_number(option: Json, value: Any) -> int | float:
    try:
        number: int | float = int(str(value)) if option["type"] == INTEGER else float(value)
    except ValueError as error:
        raise Refused(f"The option {option['name']} is a number.") from error
    low, high = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
    if not low <= number <= high:
        raise Refused(f"The option {option['name']} takes numbers from {low} to {high}.")
    return number
