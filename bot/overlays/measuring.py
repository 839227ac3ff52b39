"""Facts about a picture: how dark and light are spread over it, and where its edges are. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import hypot

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Values = npt.NDArray[np.float32]

MEASURED_PX = 384
DARK_BELOW, LIGHT_FROM = 1 / 3, 2 / 3
THIRDS = tuple((x / 3, y / 3) for y in (1, 2) for x in (1, 2))
CENTRE = (0.5, 0.5)

_SMOOTH_PX = 1.2  # noise and grain are no edges
_GATHER = 0.06  # of the longer side: what the eye takes for one place
_FAINT = 0.02  # of all the way from black to white a pixel: less is a slope, not an edge
_TAIL_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Tones:
    """How values are spread, as shares of the picture; `low` and `high` bound nine tenths of it, 0 is black."""

    darks: float
    mids: float
    lights: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Focus:
    """Where edges are densest: `x` and `y` from the upper left corner, 0 to 1, and how that lies in the picture.

    Distances are shares of the diagonal; `third` is the nearest of the thirds' four points.
    """

    x: float
    y: float
    third: tuple[float, float]
    from_third: float
    from_centre: float


class Measured:
    """A picture, made small, in numbers: `values` [H, W] from 0 to 1, `edges` and `density` of the same shape."""

    def __init__(self, image: Image.Image) -> None:
        small = image.convert("L")
        small.thumbnail((MEASURED_PX, MEASURED_PX))
        self.width, self.height = image.size
        self.values: Values = _array(small)
        self.edges = _edges(_array(small.filter(ImageFilter.GaussianBlur(_SMOOTH_PX))))

    @cached_property
    def tones(self) -> Tones:
        """Return the shares of darks, mids and lights."""
        darks, lights = float((self.values < DARK_BELOW).mean()), float((self.values >= LIGHT_FROM).mean())
        low, high = np.percentile(self.values, (_TAIL_PERCENT, 100 - _TAIL_PERCENT))
        return Tones(darks, 1 - darks - lights, lights, float(low), float(high))

    @cached_property
    def density(self) -> Values:
        """Return how many edges are around each pixel, 1 where there are most."""
        gathered = _gathered(self.edges, _GATHER * max(self.edges.shape))
        most = gathered.max()
        return gathered / most if most > 0 else gathered

    @cached_property
    def focus(self) -> Focus | None:
        """Return where edges are densest; None of a picture without any."""
        if not self.edges.any():
            return None
        rows, columns = self.edges.shape
        row, column = np.unravel_index(int(self.density.argmax()), self.density.shape)
        x, y = (int(column) + 0.5) / columns, (int(row) + 0.5) / rows
        third = min(THIRDS, key=lambda point: self._distance((x, y), point))
        return Focus(x, y, third, self._distance((x, y), third), self._distance((x, y), CENTRE))

    @cached_property
    def ninths(self) -> Values:
        """Return which share of all edges lies in each field of a grid of three by three [3, 3]."""
        rows = np.array_split(self.edges, 3, axis=0)
        sums = np.array([[field.sum() for field in np.array_split(row, 3, axis=1)] for row in rows], np.float32)
        total = sums.sum()
        return sums / total if total > 0 else sums

    def edges_within(self, width: float = 1.0, height: float = 1.0) -> float:
        """Return which share of all edges lies in the left `width` and the upper `height` of the picture (0 to 1)."""
        rows, columns = self.edges.shape
        part, total = self.edges[: round(rows * height), : round(columns * width)].sum(), self.edges.sum()
        return float(part / total) if total > 0 else 0.0

    def _distance(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        across, down = (one[0] - other[0]) * self.width, (one[1] - other[1]) * self.height
        return hypot(across, down) / hypot(self.width, self.height)


def _edges(values: Values) -> Values:
    """Return how steeply values change at each pixel (Sobel's operator); 0 at the rim, which has no neighbours."""
    edges = np.zeros_like(values)
    if min(values.shape) < 3:
        return edges
    left, right = _weighed(values[:, :-2], 0), _weighed(values[:, 2:], 0)
    upper, lower = _weighed(values[:-2], 1), _weighed(values[2:], 1)
    steepness: Values = np.hypot(right - left, lower - upper) / 4
    edges[1:-1, 1:-1] = np.where(steepness < _FAINT, 0, steepness)
    return edges


def _weighed(values: Values, axis: int) -> Values:
    """Return the sums of three neighbours along an axis, the middle one counted twice."""
    before, after = np.roll(values, 1, axis), np.roll(values, -1, axis)
    summed: Values = before + values + values + after
    return summed[1:-1] if axis == 0 else summed[:, 1:-1]


def _gathered(values: Values, radius: float) -> Values:
    """Return the sums of values around each pixel, the nearer the heavier (a bell curve down and across)."""
    down, across = (_bell(length, radius) for length in values.shape)
    return np.asarray(down @ values @ across, np.float32)


def _bell(length: int, radius: float) -> Values:
    places = np.arange(length, dtype=np.float32)
    apart = (places[:, None] - places) / radius
    return np.asarray(np.exp(-apart * apart / 2), np.float32)


def smoothed(values: Values, size: tuple[int, int]) -> Values:
    """Return values from 0 to 1 at another size (width, height)."""
    image = Image.fromarray((values * 255).astype(np.uint8))
    return _array(image.resize(size, Image.Resampling.BICUBIC))


def _array(image: Image.Image) -> Values:
    return np.asarray(image, np.float32) / np.float32(255)
