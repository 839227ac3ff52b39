"""Sizes of pictures in px (pure): what a pipeline's shapes are, what may be asked for, and what is smaller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from models.errors import InvalidRequest
from models.requests import Shape

Size = tuple[int, int]

WIDE_RATIO = 1.5
NARROWEST_RATIO = 4


def shapes(side: int, multiple: int) -> Mapping[Shape, Size]:
    """Say how large a pipeline's pictures are that knows only its square: all of about the same area."""
    long = rounded(side * sqrt(WIDE_RATIO), multiple)
    short = rounded(side / sqrt(WIDE_RATIO), multiple)
    return {Shape.SQUARE: (side, side), Shape.WIDE: (long, short), Shape.TALL: (short, long)}


def rounded(length: float, multiple: int) -> int:
    """Round a length to what the pipeline can draw."""
    return max(1, round(length / multiple)) * multiple


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pipeline draws: lengths are multiples of `multiple` and at least `least`; the area is at most `area`."""

    multiple: int
    least: int
    area: int

    def admit(self, width: int, height: int) -> Size:
        """Return the nearest size that can be drawn. Raises `InvalidRequest` where that would be another picture."""
        if min(width, height) < 1:
            raise InvalidRequest(f"a picture of {width} x {height} px has no area")
        if max(width, height) > NARROWEST_RATIO * min(width, height):
            raise InvalidRequest(f"a picture may be at most {NARROWEST_RATIO} times as long as it is wide")
        near = rounded(width, self.multiple), rounded(height, self.multiple)
        if near[0] * near[1] > self.area:
            side = int(sqrt(self.area))
            raise InvalidRequest(f"{width} x {height} px is more than this pipeline draws ({side} x {side} px in all)")
        if min(near) < self.least:
            raise InvalidRequest(f"{width} x {height} px is less than this pipeline draws ({self.least} px a side)")
        return near

    def smaller(self, size: Size, area: int) -> Size | None:
        """Return the largest size of the same proportions within an area, None where that is too small to be drawn."""
        scale = sqrt(area / (size[0] * size[1]))
        width, height = (int(length * scale) // self.multiple * self.multiple for length in size)
        return (width, height) if min(width, height) >= self.least else None
