"""The lines of a piece as a reader counts them. Pure."""

from __future__ import annotations

import re

_MARKUP = "*_~`> \t"
_PARAGRAPH_EDGE = re.compile(r"\n\s*\n")


def lines_in(text: str) -> list[str]:
    """Return the lines with words in them, without marks of formatting around them."""
    stripped = (line.strip(_MARKUP) for line in text.splitlines())
    return [line for line in stripped if any(map(str.isalnum, line))]


def paragraphs_in(text: str) -> list[str]:
    """Return the blocks of a text that blank lines part."""
    return [block.strip() for block in _PARAGRAPH_EDGE.split(text) if block.strip()]
