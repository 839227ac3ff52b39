"""Small real pictures that a test can tell apart: gradients whose colours come from a seed."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageOps

from models.events import DrawnPicture
from models.requests import ImageRequest

LARGEST_PREVIEW_PX = 512
PAPER = (128, 128, 128)


def gradient(width: int, height: int, seed: int) -> DrawnPicture:
    """Draw a picture; the same for the same seed."""
    return DrawnPicture(width, height, _image(width, height, seed).tobytes(), seed)


def jpeg_of(request: ImageRequest, done: float) -> bytes:
    """Draw what a request's pictures look like, side by side, when this part of them (0 to 1) is done."""
    pictures = [_image(request.width, request.height, seed) for seed in request.seeds]
    sheet = Image.new("RGB", (request.width * len(pictures), request.height), PAPER)
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (number * request.width, 0))
    begun = Image.blend(Image.new("RGB", sheet.size, PAPER), sheet, done)
    begun.thumbnail((LARGEST_PREVIEW_PX, LARGEST_PREVIEW_PX))
    buffer = BytesIO()
    begun.save(buffer, "JPEG")
    return buffer.getvalue()


def _image(width: int, height: int, seed: int) -> Image.Image:
    chance = Random(seed)
    dark, bright = (tuple(chance.randrange(low, low + 128) for _ in "rgb") for low in (0, 128))
    return ImageOps.colorize(Image.linear_gradient("L").resize((width, height)), dark, bright)
