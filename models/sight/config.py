"""Everything one decides about the model that looks at pictures, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from models.hardware import Device
from models.requests import Sampling
from models.text.config import Precision

STEADY = Sampling(temperature=0)
"""The likeliest words, so that the same picture is told alike each time; DRY keeps small models out of loops."""


@dataclass(frozen=True, slots=True)
class SightConfig:
    """Choose a model that looks at pictures: `model` is a hub id or a folder.

    A picture is shown to it with at most `longest_px` a side, and question, picture and answer have `window_tokens` at
    most: both bound the memory and the time that one look takes.
    """

    model: str
    precision: Precision = "nf4"
    device: Device = "auto"
    window_tokens: int = 8192
    longest_px: int = 1024
    sampling: Sampling = STEADY

    def __post_init__(self) -> None:
        for name in ("window_tokens", "longest_px"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be at least 1")
