"""The shape of a picture's critique: what works, notes that each stand at a place, and the one biggest issue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.answers.shape import Shape
from bot.overlays.facts import Ninth

Kind = Literal[
    "composition", "focal point", "balance", "values", "edges", "light", "colour", "depth", "form", "clutter", "story"
]
NOTES_MAX = 5


class PictureNote(Shape):
    """One note: its place in a grid of three by three stands where a text's note has its quote."""

    region: Ninth
    kind: Kind
    effect: str = Field(min_length=1, max_length=200, description="what this place does to the eye")
    advice: str = Field(min_length=1, max_length=200, description="a question or a suggestion")


class PictureNotes(Shape):
    """All that is said of a picture; no scores."""

    strength: str = Field(min_length=1, max_length=240, description="what works best")
    notes: list[PictureNote] = Field(min_length=1, max_length=NOTES_MAX)
    issue: str = Field(min_length=1, max_length=240, description="the one biggest issue")
