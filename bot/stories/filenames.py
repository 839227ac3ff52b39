"""File names out of what members typed."""

from __future__ import annotations

import re

from bot.safety import clean_line

_NAME_MAX_BYTES = 120
_NOT_IN_A_NAME = re.compile(r"[^\w\- ]+")
# Windows keeps these for itself, whatever the ending.
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


def safe_name(title: str, ending: str) -> str:
    """Return a file name that keeps the letters of any script and can be no path, no hidden file and no device."""
    words = _NOT_IN_A_NAME.sub(" ", clean_line(title)).split()
    name = "-".join(words).encode()[:_NAME_MAX_BYTES].decode(errors="ignore").strip("-_")
    if not name or _RESERVED.fullmatch(name):
        name = f"story-{name}".rstrip("-")
    return f"{name}.{ending}"
