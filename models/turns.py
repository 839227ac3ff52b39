"""Who gets the device next, words or a picture (pure: no torch, no clock).

Words are texts and readings of pictures. The device is given out a step at a time, and time is shared, not steps.
"""

from __future__ import annotations

from enum import StrEnum

LAG_S = 4.0
"""How far pictures may fall behind their share while others wait for first words; then they get it all the same."""
CATCH_UP = 2.0
"""Between two steps of words, pictures that are behind get at most so many times their share: words keep flowing."""


class Side(StrEnum):
    """The two that share the device."""

    WORDS = "words"
    PICTURES = "pictures"


class Turns:
    """Share the device's seconds between words and pictures.

    While both have work each gets its share over time. Someone's first words go before that, until pictures are
    `LAG_S` behind; what they are behind is made up for later. Who has no work is owed nothing: idle time is not saved.
    """

    def __init__(self, picture_share: float = 0.5) -> None:
        if not 0 < picture_share < 1:
            raise ValueError(f"picture_share is {picture_share}, but must lie between 0 and 1")
        self._share = picture_share
        self._words = self._pictures = False
        self._owed_s = 0.0  # to pictures; below 0 to words
        self._stretch_s = 0.0  # what pictures may still take before words come again

    @property
    def owed_s(self) -> float:
        """The seconds that pictures are behind their share; below 0, that they are ahead of it."""
        return self._owed_s

    def next(self, *, words: bool, first_words: bool, pictures: bool) -> Side | None:
        """Say whose step is next, given who has work and whether someone waits for first words."""
        self._words, self._pictures = words, pictures
        self._forget_the_idle()
        if words and pictures:
            return Side.PICTURES if self._is_for_pictures(first_words) else Side.WORDS
        return Side.WORDS if words else Side.PICTURES if pictures else None

    def charge(self, side: Side, seconds: float) -> None:
        """Count a step that was made."""
        if side is Side.WORDS:
            self._owed_s += seconds * self._share
            self._stretch_s = CATCH_UP * seconds * self._share / (1 - self._share)
        else:
            self._owed_s -= seconds * (1 - self._share)
            self._stretch_s -= seconds
        self._forget_the_idle()

    def _is_for_pictures(self, first_words: bool) -> bool:
        if self._owed_s >= LAG_S:
            return True
        return not first_words and self._owed_s > 0 and self._stretch_s > 0

    def _forget_the_idle(self) -> None:
        if not self._pictures:
            self._owed_s = min(self._owed_s, 0.0)
        if not self._words:
            self._owed_s = max(self._owed_s, 0.0)
