"""Give a picture of one colour other colours, so that colour words come to mean something."""

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
# Where each colour word lies on Pillow's circle of 256 hues.
HUES = {"red": 0, "orange": 18, "yellow": 36, "green": 85, "blue": 152, "purple": 195, "pink": 232}
FULL = 256
NEAR = 20
# Of the coloured pixels, the share that has to lie near one hue; and of the drawing, the share that is coloured.
ONE_HUE = 0.8
COLOURED = 0.6


def hsv(pixels: Pixels) -> Pixels:
    """Return hue, saturation and value, H × W × 3."""
    return np.asarray(Image.fromarray(pixels).convert("HSV"))


def turn(hues: npt.NDArray[np.int64], hue: int) -> npt.NDArray[np.int64]:
    """Return the shorter way on the circle from one hue to others, negative where it goes back."""
    return (hues - hue + FULL // 2) % FULL - FULL // 2


def main_hue(pixels: Pixels) -> int | None:
    """Return the hue that a picture is drawn in, or None for grey and for many-coloured ones."""
    hue, saturation, value = (channel.astype(np.int64) for channel in np.moveaxis(hsv(pixels), -1, 0))
    drawn = (saturation > 20) | (value < 235)
    coloured = (saturation > 70) & (value > 60)
    if coloured.sum() < COLOURED * drawn.sum():
        return None
    hues = hue[coloured]
    counts = np.bincount(hues, minlength=FULL)
    near = [counts[np.abs(turn(np.arange(FULL), centre)) <= NEAR].sum() for centre in range(FULL)]
    best = int(np.argmax(near))
    if near[best] < ONE_HUE * len(hues):
        return None
    turns = turn(hues, best)
    return round(best + float(turns[np.abs(turns) <= NEAR].mean())) % FULL


def named(hue: int) -> str:
    """Return the colour word nearest to a hue."""
    return min(HUES, key=lambda word: abs(int(turn(np.array([hue]), HUES[word])[0])))


def recoloured(pixels: Pixels, hue: int, colour: str) -> Pixels:
    """Turn a picture's hues so that the given one becomes the colour's."""
    turned = hsv(pixels).astype(np.int64)
    turned[..., 0] = (turned[..., 0] + HUES[colour] - hue) % FULL
    return np.asarray(Image.fromarray(turned.astype(np.uint8), "HSV").convert("RGB"))
