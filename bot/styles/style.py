"""A writing style as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from bot.stories.story import Length


@dataclass(frozen=True, slots=True)
class Style:
    """How the AI writes: what it is told, how its words are drawn, and how much it writes when nobody says."""

    name: str
    description: str
    instructions: str
    temperature: float = 0.8
    top_p: float = 0.95
    min_p: float = 0.05
    dry_multiplier: float = 0.8
    xtc_probability: float = 0.0
    length: Length = Length.PARAGRAPH
    builtin: bool = False
