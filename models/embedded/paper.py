"""The square the model draws, the paper it lies on, and the patches the network sees it as."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from PIL import Image, ImageOps
from torch.nn.functional import interpolate, pad, pixel_shuffle, pixel_unshuffle

PATCH = 4
WHITE = 1.0
FRAME = 4


def patches(pixels: torch.Tensor) -> torch.Tensor:
    """Turn pixels [N, 3, S, S] into patches [N, 48, S/4, S/4]."""
    return pixel_unshuffle(pixels, PATCH)


def pixels(patches: torch.Tensor) -> torch.Tensor:
    """Turn patches [N, 48, S/4, S/4] into pixels [N, 3, S, S]."""
    return pixel_shuffle(patches, PATCH)


def on_paper(squares: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Centre squares [N, 3, S, S] on white paper [N, 3, height, width]."""
    tall, wide = height - squares.shape[-2], width - squares.shape[-1]
    return pad(squares, (wide // 2, wide - wide // 2, tall // 2, tall - tall // 2), value=WHITE)


def framed(squares: torch.Tensor) -> torch.Tensor:
    """Lay a frame of white paper around squares: a decoder darkens what is at its edge."""
    return pad(squares, (FRAME,) * 4, value=WHITE)


def unframed(drawn: torch.Tensor, enlarged: int) -> torch.Tensor:
    """Cut the frame off what was decoded `enlarged` times as large."""
    cut = FRAME * enlarged
    return drawn[..., cut:-cut, cut:-cut]


def cut_out(squares: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Cut the middle of squares [N, 3, S, S] to the ratio of a paper, at its size: [N, 3, height, width]."""
    side, longest = squares.shape[-1], max(height, width)
    tall, wide = (max(1, round(side * edge / longest)) for edge in (height, width))
    top, left = (side - tall) // 2, (side - wide) // 2
    middle = squares[..., top : top + tall, left : left + wide]
    return interpolate(middle, (height, width), mode="bicubic", antialias=True)


def whole_on_squares(
    images: Image.Image | Sequence[Image.Image], side: int, height: int, width: int
) -> list[Image.Image]:
    """Fit pictures to the ratio of a paper, and centre each whole on a square of `side` px: what `cut_out` undoes.

    What is transparent shows the paper.
    """
    several = [images] if isinstance(images, Image.Image) else images
    longest = max(height, width)
    size = max(1, round(side * width / longest)), max(1, round(side * height / longest))
    return [_centred(ImageOps.fit(_opaque(image), size, Image.Resampling.LANCZOS), side) for image in several]


def _centred(image: Image.Image, side: int) -> Image.Image:
    square = Image.new("RGB", (side, side), "white")
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return square


def _opaque(image: Image.Image) -> Image.Image:
    layered = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
