"""What an answer has to look like, as a pydantic model; from it the engine's JSON schema, and a line that shows it.

Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict

Schema = Mapping[str, Any]

SHAPES_KEPT = 256

_BOUNDS = {
    "string": ("maxLength",),
    "array": ("maxItems",),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
}


class Shape(BaseModel):
    """The shape of an answer; its fields are written in their order, so a quote comes before what is said of it.

    A description of a field tells the model what belongs there. Each text, list and number needs bounds: what is open
    a small model fills until it is cut off.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


@lru_cache(SHAPES_KEPT)
def schema_of(shape: type[Shape]) -> str:
    """Return a shape's JSON schema as text. Raises `TypeError` where something in it has no bounds."""
    schema = shape.model_json_schema()
    if unbounded := [node.get("title", node["type"]) for node in _nodes(schema) if _is_unbounded(node)]:
        raise TypeError(f"{shape.__name__} has no bounds for: {', '.join(unbounded)}")
    return json.dumps(schema, ensure_ascii=False)


@lru_cache(SHAPES_KEPT)
def frame_of(shape: type[Shape]) -> str:
    """Return what every answer of a shape may say around its texts: the names of its fields, and the signs of JSON."""
    named = (node.get("properties", {}) for node in _nodes(shape.model_json_schema()))
    return json.dumps([dict.fromkeys(names, "") for names in named])


@lru_cache(SHAPES_KEPT)
def outline_of(shape: type[Shape]) -> str:
    """Return one line that tells the fields and what goes there.

    It holds nothing that stands for a value, as a placeholder does: a small model would copy that.
    """
    schema = shape.model_json_schema()
    return _outline(schema, schema.get("$defs", {}))


def _nodes(node: Schema) -> Iterator[Schema]:
    yield node
    inner = [*node.get("$defs", {}).values(), *node.get("properties", {}).values(), *node.get("anyOf", ())]
    for each in [*inner, *([node["items"]] if "items" in node else ())]:
        yield from _nodes(each)


def _is_unbounded(node: Schema) -> bool:
    if "enum" in node or "const" in node:
        return False
    return any(bound not in node for bound in _BOUNDS.get(node.get("type", ""), ()))


def _field(name: str, node: Schema, shared: Mapping[str, Schema]) -> str:
    told = _outline(node, shared)
    return f'"{name}": {told}' if told else f'"{name}"'


def _outline(node: Schema, shared: Mapping[str, Schema]) -> str:
    """Tell what goes into a place; nothing where that is any text."""
    if "$ref" in node:
        return _outline(shared[node["$ref"].rpartition("/")[2]], shared)
    if "anyOf" in node:
        return " or ".join(_outline(each, shared) or "text" for each in node["anyOf"])
    if ("enum" in node or "const" in node) and "description" not in node:
        return " or ".join(json.dumps(choice, ensure_ascii=False) for choice in node.get("enum") or [node["const"]])
    match node["type"]:
        case "object":
            return f"({', '.join(_field(name, each, shared) for name, each in node['properties'].items())})"
        case "array":
            each = node["items"] if "items" in node else node["prefixItems"][0]
            return f"at most {node['maxItems']} {_outline(each, shared)}".rstrip()
        case kind:
            return str(node.get("description", "" if kind == "string" else kind))
