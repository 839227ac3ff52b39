"""What a picture is most like: a fixed distance between pictures, by where their colours and their edges lie.

A picture is averaged down to 64 × 64 px. Its colours are the mean CIELAB values of an 8 × 8 grid, seen from white; its
edges are a histogram of gradient directions (8 of them, without sign) in each cell of that grid. Each half is scaled to
length 1, and the distance between two pictures is the Euclidean one, the smaller of the picture's own and its mirror
image's. Nothing in it is learnt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
SIDE = 64
GRID = 8
DIRECTIONS = 8
# sRGB with the white point D65 to CIE XYZ, relative to that white.
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The training pictures as the distance sees them: features [N, F], and each one's noun and style."""

    features: npt.NDArray[np.float16]
    nouns: tuple[str, ...]
    styles: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Neighbours:
        """Read a file that `write` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(kept["features"], tuple(kept["nouns"].tolist()), tuple(kept["styles"].tolist()))

    def write(self, path: Path) -> None:
        """Keep the neighbours as a compressed NumPy archive."""
        np.savez_compressed(path, features=self.features, nouns=np.array(self.nouns), styles=np.array(self.styles))

    def nearest(self, pixels: Pixels, count: int = 5) -> list[tuple[str, str]]:
        """Return noun and style of the pictures most like these pixels [S, S, 3], the nearest first."""
        known = self.features.astype(np.float64)
        ways = [np.linalg.norm(known - features(way), axis=1) for way in (pixels, pixels[:, ::-1])]
        order = np.argsort(np.minimum(*ways), kind="stable")[:count]
        return [(self.nouns[place], self.styles[place]) for place in order]


def features(pixels: Pixels) -> Numbers:
    """Return what the distance compares of a square picture [S, S, 3], whose side is a multiple of 64 px."""
    times = len(pixels) // SIDE
    if pixels.shape != (SIDE * times, SIDE * times, 3):
        raise ValueError(f"a square picture with a side of 64 px or a multiple is needed, not {pixels.shape}")
    lab = to_lab(pixels.reshape(SIDE, times, SIDE, times, 3).mean(axis=(1, 3)))
    return np.concatenate([_unit(_colours(lab)), _unit(_edges(lab[..., 0]))])


def to_lab(rgb: Numbers) -> Numbers:
    """Turn sRGB of 0…255 into CIELAB, over any leading axes."""
    scaled = rgb / 255
    linear = np.where(scaled <= 0.04045, scaled / 12.92, ((scaled + 0.055) / 1.055) ** 2.4)
    ratio = linear @ TO_XYZ.T / WHITE
    bent = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = np.moveaxis(bent, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _colours(lab: Numbers) -> Numbers:
    """Return each cell's mean colour as its way from white."""
    means: Numbers = _cells(lab - np.array([100.0, 0.0, 0.0])).mean(axis=(1, 3))
    return means.ravel()


def _edges(lightness: Numbers) -> Numbers:
    """Return each cell's histogram of gradient directions, weighted by their strength."""
    down, right = np.gradient(lightness)
    strength = np.hypot(down, right)
    direction = np.minimum((np.arctan2(down, right) % np.pi / np.pi * DIRECTIONS).astype(int), DIRECTIONS - 1)
    votes = strength[..., np.newaxis] * np.eye(DIRECTIONS)[direction]
    sums: Numbers = _cells(votes).sum(axis=(1, 3))
    return sums.ravel()


def _cells(values: Numbers) -> Numbers:
    """Cut [64, 64, C] into [8, 8 px, 8, 8 px, C]."""
    return values.reshape(GRID, SIDE // GRID, GRID, SIDE // GRID, -1)


def _unit(values: Numbers) -> Numbers:
    length = np.linalg.norm(values)
    return values if length == 0 else values / length
