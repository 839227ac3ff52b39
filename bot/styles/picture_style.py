"""A picture style as a frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.requests import Shape


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How pictures look: words `before` and `after` the prompt, what to avoid, and how they are drawn.

    What is None the pipeline decides. `lora` is an adapter's id on the hub. A built-in style with a `pipeline` is a
    word that only the pipeline of this name was taught.
    """

    name: str
    description: str
    before: str = ""
    after: str = ""
    avoid: str = ""
    steps: int | None = None
    guidance: float | None = None
    lora: str | None = None
    shape: Shape | None = None
    builtin: bool = False
    pipeline: str | None = None


class Reset(StrEnum):
    """What of a style's drawing may be left to the pipeline again."""

    STEPS = "steps"
    GUIDANCE = "guidance"
    LORA = "lora"
    SHAPE = "shape"
    ALL = "all"


def left_to_pipeline(style: PictureStyle, part: Reset) -> PictureStyle:
    """Return a style that no longer decides a part of how it is drawn."""
    every = [other for other in Reset if other is not Reset.ALL]
    undecided: dict[str, Any] = dict.fromkeys(every if part is Reset.ALL else [part])
    return replace(style, **undecided)


def offered(styles: Iterable[PictureStyle], pipeline: str | None) -> list[PictureStyle]:
    """Sort styles by how well they suit the loaded pipeline: its own and the server's, general ones, all others."""

    def rank(style: PictureStyle) -> int:
        if style.pipeline is None:
            return 1 if style.builtin else 0
        return 0 if style.pipeline == pipeline else 2

    return sorted(styles, key=rank)


def usual(styles: Iterable[PictureStyle], pipeline: str | None) -> PictureStyle:
    """Return the style a picture gets when nobody chooses: the built-in one that suits the pipeline first."""
    return offered((style for style in styles if style.builtin), pipeline)[0]
