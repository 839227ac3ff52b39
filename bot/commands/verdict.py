"""What the check command says of one part."""

from __future__ import annotations

from dataclasses import dataclass

from bot.words import say


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a part is well, and a sentence about it."""

    part: str
    is_well: bool
    words: str

    def __str__(self) -> str:
        return f"{'✓' if self.is_well else '✗'} {say(f'check.{self.part}'):<10} {self.words}"
