"""The fields of a sheet: each an image of the size of the picture it is about. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bot.overlays.measuring import CENTRE, DARK_BELOW, LIGHT_FROM, THIRDS, Measured, Tones, smoothed

Size = tuple[int, int]
Point = tuple[float, float]

GROUND, PLATE, INK, FAINT = "#1e1f22", "#2b2d31", "#f2f3f5", "#9a9da6"
AMBER, TEAL = "#f0b65a", "#4fd1c5"
GREYS = 5

_SHADE = (0, 0, 0, 110)
_MASSES = 0.006  # of the longer side: what is smaller is detail, not a mass of dark or light
_FINE = 4  # marks are drawn so many times larger, then made smooth
_BINS = 48


def thirds(picture: Image.Image) -> Image.Image:
    """Draw the lines of the thirds and of the centre over a picture."""
    drawn = picture.copy()
    draw = ImageDraw.Draw(drawn, "RGBA")
    for share in (1 / 3, 2 / 3):
        _cross(draw, picture.size, (share, share), INK)
    _cross(draw, picture.size, CENTRE, AMBER, dash_px=9)
    for point in THIRDS:
        _ring(drawn, point, 7, INK)
    return drawn


def values(picture: Image.Image) -> Image.Image:
    """Show a picture in a few greys, without detail."""
    masses = picture.convert("L").filter(ImageFilter.GaussianBlur(_MASSES * max(picture.size)))
    steps = np.asarray(masses, np.float32) / 256 * GREYS
    greys = (np.floor(steps) * (255 / (GREYS - 1))).astype(np.uint8)
    return Image.fromarray(greys).convert("RGB")


def edges(picture: Image.Image, measured: Measured) -> Image.Image:
    """Show a picture's edges, glowing where they are dense, with the thirds' points and the densest place."""
    strength = smoothed(measured.edges, picture.size)
    lines = Image.fromarray((np.clip(strength * 3, 0, 1) * 255).astype(np.uint8))
    glow = Image.fromarray((smoothed(measured.density, picture.size) ** 2 * 150).astype(np.uint8))
    drawn = Image.composite(Image.new("RGB", picture.size, TEAL), Image.new("RGB", picture.size, PLATE), glow)
    drawn.paste(INK, mask=lines)
    for point in THIRDS:
        _ring(drawn, point, 7, INK)
    if measured.focus:
        _ring(drawn, (measured.focus.x, measured.focus.y), 15, AMBER, width_px=4)
    return drawn


def spread(size: Size, measured: Measured, shares: Sequence[str]) -> Image.Image:
    """Draw how often each value comes, from black to white, and below it the shares of darks, mids and lights."""
    drawn = Image.new("RGB", size, PLATE)
    draw = ImageDraw.Draw(drawn)
    width, height = size
    margin, text_px = round(width * 0.06), max(14, round(width * 0.028))
    foot = height - margin - 2 * text_px
    _bars(draw, measured, (margin, margin, width - margin, foot - text_px // 2))
    _scale(draw, measured.tones, (margin, foot, width - margin, foot + text_px // 2), shares, text_px)
    return drawn


def _bars(draw: ImageDraw.ImageDraw, measured: Measured, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    counts, _ = np.histogram(measured.values, bins=_BINS, range=(0, 1))
    heights = np.sqrt(counts / max(1, counts.max()))  # so that a large sky does not hide all the rest
    for number, height in enumerate(heights):
        start, end = (left + (right - left) * at / _BINS for at in (number, number + 1))
        grey = round(40 + 215 * (number + 0.5) / _BINS)
        draw.rectangle((start, bottom - height * (bottom - top), end - 1.5, bottom), (grey, grey, grey))
    for bound in (DARK_BELOW, LIGHT_FROM):
        x = left + (right - left) * bound
        _dashed(draw, (x, top), (x, bottom), AMBER, 9)


def _scale(
    draw: ImageDraw.ImageDraw, tones: Tones, box: tuple[int, int, int, int], shares: Sequence[str], text_px: int
) -> None:
    """Draw a bar whose parts are as long as the shares of darks, mids and lights, with their names under the zones."""
    left, top, right, bottom = box
    x = float(left)
    for share, grey in zip((tones.darks, tones.mids, tones.lights), ("#4a4a4a", "#8c8c8c", "#dedede"), strict=True):
        end = x + (right - left) * share
        if end - x >= 1:
            draw.rectangle((x, top, end - 1, bottom), grey)
        x = end
    for number, name in enumerate(shares):
        at = left + (right - left) * (number + 0.5) / 3
        draw.text((at, bottom + text_px // 2), name, INK, ImageFont.load_default(text_px), anchor="ma")


def _cross(draw: ImageDraw.ImageDraw, size: Size, at: Point, colour: str, dash_px: int = 0) -> None:
    width, height = size
    x, y = round(at[0] * width), round(at[1] * height)
    for start, end in (((x, 0), (x, height)), ((0, y), (width, y))):
        draw.line((start, end), _SHADE, 4)
        if dash_px:
            _dashed(draw, start, end, colour, dash_px)
        else:
            draw.line((start, end), colour, 2)


def _dashed(draw: ImageDraw.ImageDraw, start: Point, end: Point, colour: str, dash_px: int) -> None:
    """Draw a broken line, across or down."""
    length = int(max(end[0] - start[0], end[1] - start[1]))
    across, down = (end[0] - start[0]) / max(1, length), (end[1] - start[1]) / max(1, length)
    for at in range(0, length, 2 * dash_px):
        to = min(at + dash_px, length)
        line = (start[0] + across * at, start[1] + down * at, start[0] + across * to, start[1] + down * to)
        draw.line(line, colour, 2)


def _ring(drawn: Image.Image, at: Point, radius_px: int, colour: str, width_px: int = 2) -> None:
    """Draw a smooth ring with a dark rim, so that it is seen on every ground."""
    x, y = at[0] * drawn.width, at[1] * drawn.height
    reach = radius_px + width_px + 2
    corner = (round(x) - reach, round(y) - reach)
    for inked, grown in (("#000000", 1), (colour, 0)):
        large = Image.new("L", (2 * reach * _FINE,) * 2)
        outer = (reach - radius_px - grown) * _FINE
        box = (outer, outer, large.width - outer, large.height - outer)
        ImageDraw.Draw(large).ellipse(box, outline=255, width=(width_px + 2 * grown) * _FINE)
        drawn.paste(inked, corner, large.resize((2 * reach,) * 2, Image.Resampling.LANCZOS))
