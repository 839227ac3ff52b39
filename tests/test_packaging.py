"""What an installed Salon carries: all that its rooms hold, not only their Python."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "cogs", "models", "sandbox")
FOR_READERS = ("*.py", "*.md")


def test_every_file_of_a_room_is_part_of_the_package() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*") if file.is_file()]
    kept = [file for file in files if "__pycache__" not in file.parts]
    assert {file.suffix for file in kept} >= {".js", ".css", ".html", ".gz", ".txt", ".sql", ".toml"}
    assert [str(f) for f in kept if not any(fnmatch(f.name, pattern) for pattern in (*patterns, *FOR_READERS))] == []
