"""All words that a member reads, by key, one TOML file a feature: `say("queue.place", place=2)`.

A key is `file.name` in `en/`. A table with `one` and `other` is chosen by the value called `count`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGE = "en"

Entry = str | Mapping[str, str]
Value = str | int | float


@cache
def _catalogue(language: str) -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    for file in files(__name__).joinpath(language).iterdir():
        if file.name.endswith(".toml"):
            section = file.name.removesuffix(".toml")
            loaded = tomllib.loads(file.read_text(encoding="utf-8"))
            entries.update({f"{section}.{name}": entry for name, entry in loaded.items()})
    return entries


def say(key: str, /, **values: Value) -> str:
    """Return the sentence for `key` with its values filled in; an unknown key is a `KeyError`."""
    entry = _catalogue(LANGUAGE)[key]
    if not isinstance(entry, str):
        entry = entry["one" if values.get("count") == 1 else "other"]
    return entry.format_map(values)


def keys(language: str = LANGUAGE) -> frozenset[str]:
    """List every key of a language, so that a test can compare languages with each other and with the code."""
    return frozenset(_catalogue(language))
