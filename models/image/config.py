"""Everything one decides about the pipeline that draws, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.hardware import Device

Precision = Literal["nf4", "fp16", "bf16", "fp32"]

EMBEDDED = "embedded"
SMALLEST_TILE_PX = 64


@dataclass(frozen=True, slots=True)
class ImageModelConfig:
    """Choose a pipeline and how it works.

    `model` is the name of a preset ("embedded" is one), a hub id, or a folder. `precision` "auto" leaves it to the
    preset and the card. `batch` is the most pictures that are drawn together. `scheduler` is a class of diffusers,
    with or without "Scheduler" at its end. `preview_model` is a small decoder (AutoencoderTiny) by hub id or folder.
    `steps` and `guidance` None leave the choice to the preset, else to the pipeline.
    Pictures are decoded in tiles of `tile_px`, so that no step holds the device for long.
    """

    model: str = EMBEDDED
    precision: Precision | Literal["auto"] = "auto"
    device: Device = "auto"
    batch: int = 2
    scheduler: str | None = None
    compile: bool = False
    preview_model: str | None = None
    steps: int | None = None
    guidance: float | None = None
    tile_px: int = 512

    def __post_init__(self) -> None:
        if self.batch < 1:
            raise ValueError(f"batch is {self.batch}, but must be at least 1")
        if self.tile_px < SMALLEST_TILE_PX:
            raise ValueError(f"tile_px is {self.tile_px}, but must be at least {SMALLEST_TILE_PX}")
