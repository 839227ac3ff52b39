"""The styles every server has, read from `builtin.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from bot.stories.story import Length
from bot.styles.style import Style


@cache
def builtin_styles() -> tuple[Style, ...]:
    """Return the built-in styles; the first one is the default."""
    tables = tomllib.loads(files(__package__).joinpath("builtin.toml").read_text(encoding="utf-8"))
    return tuple(
        Style(name, builtin=True, **table | {"length": Length(table.get("length", Length.PARAGRAPH))})
        for name, table in tables.items()
    )
