"""Hold every exchange against Discord's own description of its API."""

from __future__ import annotations

import functools
import gzip
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from sandbox.wire import Json

DESCRIPTION = Path(__file__).parent / "openapi" / "discord-v10.json.gz"
BASE = "urn:discord"
# discord.py writes these ids as numbers; Discord takes them, its description knows only strings.
ID_KEYS = ("message_id", "channel_id", "guild_id", "recipient_id")
ID_LISTS = ("users", "roles", "applied_tags", "sticker_ids", "messages")
ID_OWNERS = ("attachments", "default_values", "emoji")


@functools.cache
def _description() -> Json:
    """Read the description, once; the places where Discord's documentation differs are put right."""
    description: Json = json.loads(gzip.decompress(DESCRIPTION.read_bytes()))
    # The documentation's own examples carry words such as "BASE_TYPE_REQUIRED" as the code of a field's error.
    inner = {"type": "object", "required": ["code", "message"], "properties": {"code": {"type": "string"}}}
    description["components"]["schemas"]["InnerErrors"]["properties"]["_errors"]["items"] = inner
    return description


@functools.cache
def _registry() -> Registry[Any]:
    resource: Resource[Any] = Resource.from_contents(_description(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(BASE, resource)
    return registry


@functools.cache
def _validator(pointer: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"{BASE}#{pointer}"}, registry=_registry())


@functools.cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """List the described paths, fixed words before parameters, so that `@me` is not taken for an id."""
    paths = sorted(_description()["paths"], key=lambda path: (path.count("{"), path))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$"), path) for path in paths]


@dataclass(slots=True)
class Contract:
    """Collect what does not fit the description, one sentence each."""

    violations: list[str] = field(default_factory=list)

    def check(self, method: str, path: str, body: Any, status: int, answer: Any) -> None:
        """Hold one request and its answer against the description."""
        template = next((template for pattern, template in _templates() if pattern.match(path)), None)
        operation = _description()["paths"].get(template, {}).get(method.lower())
        if template is None or operation is None:
            self.violations.append(f"{method} {path} is not described")
            return
        pointer = f"/paths/{_escaped(template)}/{method.lower()}"
        if body is not None and status < 400:
            self._hold(f"{method} {path} request", f"{pointer}/requestBody/content/application~1json/schema", body)
        if answer is not None:
            self._hold(f"{method} {path} answer {status}", _answer_pointer(pointer, operation, status), answer)

    def _hold(self, what: str, pointer: str | None, value: Any) -> None:
        if pointer is None:
            self.violations.append(f"{what} has a status that is not described")
            return
        for error in _validator(pointer).iter_errors(with_string_ids(value)):
            self.violations.append(f"{what}: {_closest(error)}")


def _closest(error: ValidationError) -> str:
    """Tell what is wrong; of a choice that fits nowhere, with the branch whose `type` fits best."""
    while error.context:
        branches: dict[str | int, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        wrong_kind = [any("type" in list(e.path)[-1:] for e in branch) for branch in branches.values()]
        best = min(zip(wrong_kind, map(len, branches.values()), branches.values(), strict=True), key=lambda b: b[:2])
        error = best[2][0]
    return f"{error.json_path}: {error.message[:300]}"


def with_string_ids(value: Any, owner: str = "") -> Any:
    """Return JSON with those ids as strings that discord.py writes as numbers."""
    if isinstance(value, list):
        if owner in ID_LISTS:
            return [str(item) if isinstance(item, int) else item for item in value]
        return [with_string_ids(item, owner) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _string_id(key, item, owner) for key, item in value.items()}


def _string_id(key: str, value: Any, owner: str) -> Any:
    is_id = key in ID_KEYS or (key == "id" and owner in ID_OWNERS)
    return str(value) if is_id and isinstance(value, int) else with_string_ids(value, key)


def _answer_pointer(pointer: str, operation: Json, status: int) -> str | None:
    responses = operation["responses"]
    for key in (str(status), f"{status // 100}XX"):
        if key in responses:
            if "$ref" in responses[key]:
                name = responses[key]["$ref"].rsplit("/", 1)[-1]
                return f"/components/responses/{name}/content/application~1json/schema"
            return f"{pointer}/responses/{key}/content/application~1json/schema"
    return None


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
