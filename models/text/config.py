"""Everything one decides about the language model, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from models.hardware import Device

Precision = Literal["nf4", "bf16", "fp32"]

EMBEDDED = "embedded"


def default_cache_dir() -> Path:
    """Say where converted models are kept when nobody chose a place."""
    from platformdirs import user_cache_path

    return user_cache_path("salon") / "models"


@dataclass(frozen=True, slots=True)
class TextModelConfig:
    """Choose a model and the room it gets.

    `model` is "embedded", a hub id, or a folder. `window_tokens` caps the model's own window. `slots` are the
    sequences decoded at once; `warm_rows` the finished ones whose keys and values are kept for the next turn.
    `kv_memory_mib` bounds the memory of both; None measures it (see `memory.measured_budget`). `chunk_tokens` is the
    most of a prompt that is read while others wait for their next word. `threads` None leaves the choice to torch.
    """

    model: str = EMBEDDED
    precision: Precision = "nf4"
    device: Device = "auto"
    window_tokens: int = 4096
    slots: int = 8
    warm_rows: int = 32
    kv_memory_mib: int | None = None
    chunk_tokens: int = 512
    threads: int | None = None
    cache_dir: Path = field(default_factory=default_cache_dir)

    def __post_init__(self) -> None:
        for name in ("window_tokens", "slots", "chunk_tokens"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be at least 1")
        if self.warm_rows < 0:
            raise ValueError(f"warm_rows is {self.warm_rows}, but must be at least 0")
