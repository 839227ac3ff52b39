"""What size of picture the device is known to have room for (pure)."""

from __future__ import annotations

from models.image.sizes import Limits, Size


class Room:
    """Remembers the largest picture that was drawn, and what was too large."""

    def __init__(self, drawn: Size, limits: Limits) -> None:
        self._area = drawn[0] * drawn[1]
        self._limits = limits

    def drew(self, size: Size) -> None:
        """Note a size that was drawn."""
        self._area = max(self._area, size[0] * size[1])

    def fits_after(self, size: Size) -> Size | None:
        """Note a size that did not fit; return one of the same proportions that has room, as far as is known."""
        area = size[0] * size[1]
        if self._area >= area:  # something else takes the memory that was there
            self._area = area // 2
        return self._limits.smaller(size, self._area)
