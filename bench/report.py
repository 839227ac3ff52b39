"""What a benchmark found: named figures with their spread, a small table of what lies behind them, and where."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median, quantiles

from models.text.config import default_cache_dir

PACKAGES = ("torch", "transformers", "diffusers", "bitsandbytes", "discord.py")


class CannotMeasure(Exception):
    """What is to be measured is not here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A named number: the median over repeats, the lowest and the highest, and what it has to reach."""

    name: str
    value: float
    low: float
    high: float
    target: str = ""

    @classmethod
    def of(cls, name: str, values: Sequence[float], target: str = "") -> Figure:
        """Sum up one value a repeat."""
        return cls(name, median(values), min(values), max(values), target)


@dataclass(frozen=True, slots=True)
class Report:
    """A benchmark's figures, and rows of words that show what they were made of; the first row is the heading."""

    title: str
    figures: tuple[Figure, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    made_on: dict[str, str] = field(default_factory=lambda: surroundings())

    def as_json(self) -> dict[str, object]:
        """Return the figures under their names, with their spread and the surroundings beside them."""
        values: dict[str, object] = {figure.name: figure.value for figure in self.figures}
        spread = {figure.name: [figure.low, figure.high] for figure in self.figures}
        return values | {"spread": spread, "made_on": self.made_on}

    def as_text(self) -> str:
        """Return the tables as Markdown."""
        figures = [("figure", "median", "min to max", "target")]
        figures += [(f.name, number(f.value), f"{number(f.low)} to {number(f.high)}", f.target) for f in self.figures]
        surroundings = ", ".join(f"{name} {value}" for name, value in self.made_on.items())
        parts = [f"## {self.title}", table(figures), table(self.rows), *self.notes, f"*{surroundings}*"]
        return "\n\n".join(part for part in parts if part)


def surroundings() -> dict[str, str]:
    """Say when and on what a benchmark runs."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    } | {package: found for package in PACKAGES if (found := _version(package))}


def table(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows as a Markdown table; the first one is the heading."""
    if not rows:
        return ""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    first, *rest = [f"| {' | '.join(row)} |" for row in padded]
    return "\n".join([first, f"|{'|'.join('-' * (width + 2) for width in widths)}|", *rest])


def number(value: float) -> str:
    """Write a number with three digits that count."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1]


def chosen_cache_dir() -> Path:
    """Say where the converted models are that tests and benchmarks share."""
    chosen = os.environ.get("SALON_MODEL_CACHE")
    return Path(chosen) if chosen else default_cache_dir()


def _processor() -> str:
    """Name the processor; Python itself only knows its family."""
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
