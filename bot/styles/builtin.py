"""The styles every server has, read from `builtin.toml` and `builtin_pictures.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bot.stories.story import Length
from bot.styles.picture_style import PictureStyle
from bot.styles.style import Style


@cache
def builtin_styles() -> tuple[Style, ...]:
    """Return the built-in writing styles; the first one is the default."""
    return tuple(
        Style(name, builtin=True, **table | {"length": Length(table.get("length", Length.PARAGRAPH))})
        for name, table in _tables("builtin.toml").items()
    )


@cache
def builtin_picture_styles() -> tuple[PictureStyle, ...]:
    """Return the built-in picture styles; which one is the default depends on the pipeline."""
    return tuple(PictureStyle(name, builtin=True, **table) for name, table in _tables("builtin_pictures.toml").items())


def _tables(file: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))
