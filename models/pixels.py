"""An encoded picture becomes pixels."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from models.errors import InvalidRequest

if TYPE_CHECKING:
    from PIL.Image import Image


def decoded(content: bytes) -> Image:
    """Decode a picture to RGB. Raises `InvalidRequest` for what is none."""
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(BytesIO(content)).convert("RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InvalidRequest("a given picture cannot be read") from error
