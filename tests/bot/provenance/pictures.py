"""Pictures to recognise: blobs of colour on white, no two alike."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw


def blobs(seed: int, side_px: int = 256) -> Image.Image:
    """Draw five blobs whose places, sizes and colours the seed decides."""
    dice = np.random.default_rng(seed)
    image = Image.new("RGB", (side_px, side_px), "white")
    for _ in range(5):
        x, y, radius = (int(number) for number in dice.uniform((0, 0, 0.1), (1, 1, 0.3)) * side_px)
        colour = tuple(int(channel) for channel in dice.integers(0, 256, 3))
        ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return image


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file."""
    with io.BytesIO() as file:
        image.save(file, format, **options)
        return file.getvalue()
