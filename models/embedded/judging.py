"""How well the small picture model draws what it is asked for: its drawings' nearest training pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL.Image import Image

from models.embedded import STYLES
from models.embedded.likeness import Neighbours

Asked = tuple[str, str]


def common_nouns() -> tuple[str, ...]:
    """Return the 100 nouns that the model is judged by."""
    return tuple((Path(__file__).parent / "nouns.txt").read_text(encoding="utf-8").splitlines())


def draw_nouns(pipeline: Any, nouns: Iterable[str], seed: int = 0) -> dict[Asked, Image]:
    """Draw each noun in each style, a noun's styles together, every picture from the same seed."""
    import torch

    drawn: dict[Asked, Image] = {}
    pipeline.set_progress_bar_config(disable=True)
    for noun in nouns:
        prompts = [f"{noun}, {style} style" for style in STYLES]
        generators = [torch.Generator().manual_seed(seed) for _ in STYLES]
        images = pipeline(prompts, generator=generators).images
        drawn |= {(noun, style): image for style, image in zip(STYLES, images, strict=True)}
    return drawn


def is_recognised(asked: Asked, picture: Image, known: Neighbours) -> bool:
    """Tell whether a picture of the asked noun, in any style, is among the five nearest."""
    return asked[0] in {noun for noun, _ in known.nearest(np.asarray(picture))}


def share_recognised(drawn: Mapping[Asked, Image], known: Neighbours) -> float:
    """Return the share of drawings that are near a picture of what was asked for."""
    return sum(is_recognised(asked, picture, known) for asked, picture in drawn.items()) / len(drawn)
