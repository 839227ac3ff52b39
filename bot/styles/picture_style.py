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
    """List the styles that suit the loaded pipeline: the usual one, the server's own, the other built-in ones."""
    found = _suiting(styles, pipeline)
    first = usual(found, pipeline)
    return [first, *sorted((style for style in found if style != first), key=lambda style: style.builtin)]


def usual(styles: Iterable[PictureStyle], pipeline: str | None) -> PictureStyle:
    """Return the style a picture gets when nobody chooses: the first built-in one that suits the pipeline."""
    return next(style for style in _suiting(styles, pipeline) if style.builtin)


def _suiting(styles: Iterable[PictureStyle], pipeline: str | None) -> list[PictureStyle]:
    """Leave out words that another pipeline was taught, and for one that was taught its own all it does not know."""
    found = [style for style in styles if style.pipeline in (None, pipeline)]
    is_taught = any(style.pipeline for style in found)
    return [style for style in found if style.pipeline or not style.builtin or not (is_taught and style.after)]
