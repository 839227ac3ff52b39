"""Previews: from latents to small pictures, and from those to one JPEG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from math import ceil, sqrt
from typing import Any

import torch
from PIL import Image
from torch.nn.functional import pixel_shuffle

from models.events import Preview
from models.image.colours import Colours
from models.image.expected import Look
from models.image.loading import LoadedPipeline

LARGEST_PX = 512
QUALITY = 80
EMPTY = (43, 45, 49)

Sketch = Callable[[Look], list[Image.Image]]


def sketcher(loaded: LoadedPipeline) -> Sketch:
    """Choose how previews are made: the pipeline's own way, by a small decoder, else by colours alone."""
    if hasattr(loaded.drawing, "preview"):
        return _own
    if loaded.preview_decoder is not None:
        return lambda look: _decoded(loaded.preview_decoder, look)
    colours = Colours(loaded.drawing)
    return lambda look: _pictures(colours.of(_grid(look)), look)


def preview(sketches: Sequence[Image.Image | None]) -> Preview:
    """Lay pictures of one size side by side, at most 512 px in all and never larger than they are, and encode them.

    A picture that is not begun yet (None) has its empty place: so it is seen how many are still to come.
    """
    columns = ceil(sqrt(len(sketches)))
    rows = ceil(len(sketches) / columns)
    width, height = next(sketch.size for sketch in sketches if sketch is not None)
    scale = min(1.0, LARGEST_PX / max(columns * width, rows * height))
    width, height = max(1, int(width * scale)), max(1, int(height * scale))
    sheet = Image.new("RGB", (columns * width, rows * height), EMPTY)
    for index, sketch in enumerate(sketches):
        if sketch is not None:
            place = (index % columns * width, index // columns * height)
            sheet.paste(sketch.resize((width, height), Image.Resampling.BICUBIC), place)
    buffer = BytesIO()
    sheet.save(buffer, "JPEG", quality=QUALITY)
    return Preview(buffer.getvalue(), columns, rows)


def _own(look: Look) -> list[Image.Image]:
    shown = [look.pipeline.preview(latents, *look.size).permute(1, 2, 0).cpu().numpy() for latents in look.expected()]
    return _sized([Image.fromarray(pixels) for pixels in shown], look)


def _decoded(decoder: Any, look: Look) -> list[Image.Image]:
    latents = _grid(look)
    if latents.shape[1] == 4 * decoder.config.latent_channels:  # patches of two by two latents
        latents = pixel_shuffle(latents, 2)
    with torch.no_grad():
        decoded = [decoder.decode(one.to(decoder.dtype), return_dict=False)[0] for one in latents.split(1)]
    return _pictures(torch.cat(decoded).add(1).div(2), look)


def _pictures(pixels: Any, look: Look) -> list[Image.Image]:
    """Turn floats [N, 3, h, w] from 0 to 1 into pictures."""
    rows = pixels.float().mul(255).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
    return _sized([Image.fromarray(one) for one in rows], look)


def _sized(sketches: Sequence[Image.Image], look: Look) -> list[Image.Image]:
    """Bring sketches to the size that the pictures will have, or its proportions within 512 px."""
    scale = min(1, LARGEST_PX / max(look.size))
    size = int(look.size[0] * scale), int(look.size[1] * scale)
    return [sketch.resize(size, Image.Resampling.BICUBIC) for sketch in sketches]


def _grid(look: Look) -> Any:
    """Return expected latents as [N, channels, rows, columns], whatever row of tokens the pipeline keeps them in."""
    latents = look.expected()
    if latents.ndim == 5:
        return latents.squeeze(2)
    if latents.ndim == 4:
        return latents
    width, height = look.size
    count, tokens, channels = latents.shape
    rows = round(sqrt(tokens * height / width))
    return latents.transpose(1, 2).reshape(count, channels, rows, tokens // rows)
