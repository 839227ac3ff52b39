"""A bar on the terminal while the model is converted or loaded; plain lines where the output is no terminal."""

from __future__ import annotations

import sys
from typing import TextIO

_WIDTH = 24
_CLEAR_LINE = "\r\x1b[K"


class ProgressBar:
    """Shows what is being done and how much of it is behind; it is called from the thread that works."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._said = ""

    def __call__(self, doing: str, done: float) -> None:
        """Show `doing` and the share `done`, from 0 to 1."""
        if self._stream.isatty():
            filled = round(done * _WIDTH)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            self._stream.write(f"{_CLEAR_LINE}{bar} {doing}")
            self._stream.write(_CLEAR_LINE if done >= 1 else "")
        elif doing != self._said:
            self._stream.write(f"{doing}\n")
        self._said = doing
        self._stream.flush()
