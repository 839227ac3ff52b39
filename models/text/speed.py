"""Measured speeds as moving averages (pure)."""

from __future__ import annotations

DECAY = 0.95


class Speed:
    """Tokens a second over the last steps; starts from what loading measured, so it is never unknown."""

    def __init__(self, tokens: int, seconds: float) -> None:
        self._tokens = float(tokens)
        self._seconds = seconds

    def add(self, tokens: int, seconds: float) -> None:
        """Count a step; older ones fade."""
        self._tokens = self._tokens * DECAY + tokens
        self._seconds = self._seconds * DECAY + seconds

    @property
    def tokens_per_s(self) -> float:
        """The average now."""
        return self._tokens / max(self._seconds, 1e-9)
