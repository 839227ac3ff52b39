"""Letters for pictures: the first font at hand that has them, cut to a width."""

from __future__ import annotations

import re
from functools import cache

from PIL import ImageFont

# Found by name where the system has them; Pillow brings its own for Latin letters.
_FONT_FILES = ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "arial.ttf")
# No font has a letter for this one, so it is drawn as they draw what they lack.
_LACKING = "\U0010ffff"
_LACKED = re.compile(rf"{_LACKING}[{_LACKING}\s]*")

Font = ImageFont.FreeTypeFont


def fitted(text: str, size_px: int, width_px: int) -> tuple[str, Font]:
    """Return the part of a line that fits a width, with dots for what the font lacks, and the font to draw it in."""
    font = max(_fonts(size_px), key=lambda each: sum(_has(each, letter) for letter in text))
    line = _LACKED.sub("…", "".join(letter if _has(font, letter) else _LACKING for letter in text))
    if font.getlength(line) <= width_px:
        return line, font
    while line and font.getlength(f"{line}…") > width_px:
        line = line[:-1].rstrip()
    return f"{line}…", font


@cache
def _fonts(size_px: int) -> tuple[Font, ...]:
    found = []
    for file in _FONT_FILES:
        try:
            found.append(ImageFont.truetype(file, size_px))
        except OSError:
            continue
    default = ImageFont.load_default(size_px)
    assert isinstance(default, Font)
    return (default, *found)


@cache
def _has(font: Font, letter: str) -> bool:
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask(_LACKING))
