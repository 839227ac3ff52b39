"""The pipelines that Salon knows by name, as data: what they are, how they are called, and for which cards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from models.hardware import GIB
from models.image.config import Precision
from models.image.sizes import Size
from models.requests import Shape

TOLD_OF_REAL = 1.05
"""A card has up to a twentieth less memory than its name tells."""

Edits = Literal["instruction", "strength"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A pipeline by name. `pipeline` is its class in diffusers, and `inpaint` its sibling's where no map tells it.

    `precisions` says by a card's GiB which precision fits it beside an 8B language model in 4 bits. `millions` are the
    parameters of its components, as their model cards or shapes give them. `quantised` are the components that nf4
    rounds. `lora` is one that belongs to it and is fused into it. `least` is its shortest side in px, half the shortest
    of its sizes where it is not said. `loading` are arguments of `from_pretrained`.
    """

    name: str
    title: str
    model: str
    pipeline: str
    licence: str
    source: str
    sizes: Mapping[Shape, Size]
    steps: int
    guidance: float
    precisions: Mapping[int, Precision]
    millions: Mapping[str, float]
    quantised: tuple[str, ...] = ()
    largest: Size | None = None
    least: int | None = None
    references: int = 0
    inpaint: str | None = None
    scheduler: str | None = None
    scheduling: Mapping[str, Any] = field(default_factory=dict)
    lora: str | None = None
    loading: Mapping[str, Any] = field(default_factory=dict)

    def precision_on(self, total_bytes: int) -> Precision:
        """Choose the precision for a card of this memory; one that is smaller than any gets the smallest one's."""
        fitting = [card for card in self.precisions if card <= total_bytes / GIB * TOLD_OF_REAL]
        return self.precisions[max(fitting, default=min(self.precisions))]


@cache
def presets() -> Mapping[str, Preset]:
    """Read all presets, by name."""
    text = resources.files("models.image").joinpath("presets.toml").read_text(encoding="utf-8")
    return {name: _preset(name, entry) for name, entry in tomllib.loads(text).items()}


def _preset(name: str, entry: dict[str, Any]) -> Preset:
    sizes = {Shape(shape): (width, height) for shape, (width, height) in entry.pop("sizes").items()}
    precisions = {int(card): precision for card, precision in entry.pop("precisions").items()}
    pairs: dict[str, Any] = {key: tuple(entry.pop(key)) for key in ("quantised", "largest") if key in entry}
    return Preset(name, sizes=sizes, precisions=precisions, **pairs, **entry)
