"""A finished picture as a file: without loss where that may be sent, else at falling quality until it fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from PIL import Image

from bot.errors import Unavailable

Format = Literal["png", "webp"]
Sign = Callable[[bytes, Format], bytes]

# From the best to the least that is still worth looking at.
_TRIES: tuple[tuple[Format, Mapping[str, Any]], ...] = (
    ("png", {}),
    ("webp", {"lossless": True}),
    *(("webp", {"quality": quality}) for quality in (90, 80, 70, 55, 40, 25)),
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's content and its format."""

    content: bytes
    format: Format


def encoded(width: int, height: int, rgb: bytes, most_bytes: int, sign: Sign) -> Encoded:
    """Return the best signed file of at most `most_bytes`; raise `Unavailable` where none is small enough.

    The signature is over the file as it is sent, and counts. Takes up to some seconds for large pictures.
    """
    image = Image.frombytes("RGB", (width, height), rgb)
    for format, options in _TRIES:
        content = _saved(image, format, options)
        if len(content) < most_bytes and len(signed := sign(content, format)) <= most_bytes:
            return Encoded(signed, format)
    raise Unavailable("pictures.too_large")


def _saved(image: Image.Image, format: Format, options: Mapping[str, Any]) -> bytes:
    with BytesIO() as file:
        image.save(file, format, **options)
        return file.getvalue()
