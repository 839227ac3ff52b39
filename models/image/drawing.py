"""A request for pictures on its way: what its pictures have in common with others, and what is drawn already."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import InvalidRequest
from models.events import Drawn, DrawnPicture, StepDone
from models.requests import ImageRequest

if TYPE_CHECKING:
    from PIL.Image import Image

    from models.image.sizes import Size


@dataclass(frozen=True, slots=True)
class Terms:
    """What pictures must have in common to be drawn together. Given pictures count by their bytes."""

    size: Size
    steps: int
    guidance: float
    has_avoid: bool = False
    lora: Path | None = None
    strength: float | None = None
    given: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The pictures that a request brings, decoded."""

    image: Image | None = None
    mask: Image | None = None
    references: tuple[Image, ...] = ()


@dataclass(eq=False, slots=True)
class Canvas:
    """One picture of a drawing: how far it is, and how to try it again after it failed.

    `is_alone` keeps it from being drawn with others, `is_frugal` has it decoded in small tiles.
    """

    drawing: Drawing
    index: int
    steps_done: int = 0
    is_alone: bool = False
    is_frugal: bool = False
    sketch: Image | None = None

    @property
    def seed(self) -> int:
        """The seed of its noise."""
        return self.drawing.request.seeds[self.index]


@dataclass(eq=False, slots=True)
class Drawing:
    """One request on its way; `ticket` is the number that its events are posted under.

    `steps` are those that a picture of it really takes: fewer than were asked for where it begins from a picture.
    """

    ticket: int
    request: ImageRequest
    terms: Terms
    given: Given = field(default_factory=Given)
    device_ms: float = 0.0
    has_started: bool = False
    previewed_at: float = float("-inf")
    canvases: list[Canvas] = field(init=False)
    steps: int = field(init=False)
    _pictures: dict[int, DrawnPicture] = field(default_factory=dict)
    _steps_told: int = 0

    def __post_init__(self) -> None:
        if not self.request.seeds:
            raise InvalidRequest("at least one picture has to be asked for")
        self.canvases = [Canvas(self, index) for index in range(len(self.request.seeds))]
        self.steps = self.terms.steps

    def progress(self) -> StepDone | None:
        """Say how many steps its pictures have behind them on average, if that is news."""
        done = sum(canvas.steps_done for canvas in self.canvases) // len(self.canvases)
        if done <= self._steps_told:
            return None
        self._steps_told = done
        return StepDone(done, self.steps)

    def finish(self, canvas: Canvas, picture: DrawnPicture) -> None:
        """Put a finished picture in its place."""
        self._pictures[canvas.index] = picture

    def drawn(self) -> Drawn | None:
        """Return the end of the request once all its pictures are finished."""
        if len(self._pictures) < len(self.canvases):
            return None
        pictures = tuple(self._pictures[index] for index in range(len(self.canvases)))
        return Drawn(pictures, self.terms.steps, self.terms.guidance, self.device_ms)
