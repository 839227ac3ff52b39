"""What goes over the wire, for a house that speaks JSON: an object as Discord writes it."""

from typing import Any

Json = dict[str, Any]
