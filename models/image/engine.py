"""Put the picture engine together. Called in the device thread, but for `ImageEngine.drawing`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from models.engine import ImageCard
from models.errors import EmptyPrompt, EngineError, InvalidRequest, ModelUnavailable
from models.image import lora
from models.image.config import ImageModelConfig
from models.image.drawing import Drawing, Given, Terms
from models.image.loading import LoadedPipeline
from models.image.room import Room
from models.outbox import Outbox, Post
from models.pixels import decoded
from models.requests import ImageRequest, Shape

if TYPE_CHECKING:
    from models.image.batch import ImageBatch
    from models.image.painter import Painter
    from models.image.sizes import Size

MOST_STEPS = 150
MOST_GUIDANCE = 30.0
LEAST_STRENGTH = 1 / MOST_STEPS
PROBE_STEPS = 2


@dataclass(frozen=True, slots=True)
class ImageEngine:
    """What others need of the picture engine: its card and drawings (any thread), its batch (device thread)."""

    card: ImageCard
    seats: int
    batch: ImageBatch
    loaded: LoadedPipeline

    def drawing(self, ticket: int, request: ImageRequest) -> Drawing:
        """Check a request and begin its drawing; opens what it brings and may download a LoRA.

        Raises an `EngineError` for one that cannot be drawn.
        """
        if not request.prompt.strip():
            raise EmptyPrompt("the prompt has no words in it")
        return Drawing(ticket, request, self._terms(request), self._given(request))

    def _terms(self, request: ImageRequest) -> Terms:
        steps = self.card.steps if request.steps is None else request.steps
        guidance = self.card.guidance if request.guidance is None else request.guidance
        _within("steps", steps, 1, MOST_STEPS)
        _within("guidance", guidance, 0, MOST_GUIDANCE)
        for seed in request.seeds:
            _within("a seed", seed, 0, 2**63 - 1)
        strength = self._strength(request)
        if strength is not None:
            # Of the steps only that share is taken: a few-step pipeline would take none.
            steps = max(steps, ceil(1 / strength))
        return Terms(
            self.loaded.limits.admit(request.width, request.height),
            steps,
            guidance,
            bool(request.avoid.strip()),
            self._lora(request),
            strength,
            (request.image or b"", request.mask or b"", *request.references),
        )

    def _strength(self, request: ImageRequest) -> float | None:
        if request.image is None or (self.card.edits != "strength" and request.mask is None):
            return None
        if not 0 < request.strength <= 1:
            raise InvalidRequest("a strength lies above 0 and goes up to 1")
        return max(request.strength, LEAST_STRENGTH)

    def _lora(self, request: ImageRequest) -> Path | None:
        if request.lora is None:
            return None
        if not self.card.takes_lora:
            raise InvalidRequest(f"{self.card.name} takes no LoRA")
        return lora.find(request.lora)

    def _given(self, request: ImageRequest) -> Given:
        if request.image is not None and self.card.edits is None:
            raise InvalidRequest(f"{self.card.name} cannot begin from a picture")
        if request.mask is not None and (request.image is None or not self.card.takes_mask):
            raise InvalidRequest(f"{self.card.name} cannot change a part of this picture")
        if len(request.references) > self.card.references:
            raise InvalidRequest(f"{self.card.name} looks at {self.card.references} other pictures at most")
        references = tuple(decoded(reference) for reference in request.references)
        image = None if request.image is None else decoded(request.image)
        return Given(image, None if request.mask is None else decoded(request.mask), references)


def assemble(loaded: LoadedPipeline, config: ImageModelConfig, post: Post) -> ImageEngine:
    """Draw a little once, which shows that the pipeline can and how fast, and build what draws.

    `post` is given what the drawings say. Raises `ModelUnavailable`.
    """
    from models.image.batch import ImageBatch
    from models.image.painter import Painter
    from models.image.previews import sketcher

    painter = Painter(loaded, config.tile_px)
    size = loaded.card.sizes[Shape.SQUARE]
    step_s = _probe(painter, loaded, size)
    batch = ImageBatch(
        painter,
        sketcher(loaded),
        Outbox(post, time.monotonic),
        Room(size, loaded.limits),
        together=config.batch,
        step_s=step_s,
        device=loaded.card.device,
    )
    # While one batch is drawn the next one gathers here, and is not drawn one by one as its pictures come.
    return ImageEngine(loaded.card, 2 * config.batch, batch, loaded)


def _probe(painter: Painter, loaded: LoadedPipeline, size: Size) -> float:
    """Draw one picture in two steps; return what the second one took in seconds."""
    from models.image.painting import Painting

    request = ImageRequest("probe", "a picture", (0,), *size)
    painting = Painting(painter, Drawing(0, request, Terms(size, PROBE_STEPS, loaded.card.guidance)).canvases)
    took = 0.0
    try:
        while painting.steps_done < PROBE_STEPS:
            started = time.perf_counter()
            painting.advance()
            took = time.perf_counter() - started
        while painting.advance():
            pass
    except Exception as error:
        raise ModelUnavailable(
            f"{loaded.card.name} cannot draw {size[0]} x {size[1]} px on this device ({type(error).__name__}): "
            "choose another scheduler, precision or model"
        ) from error
    if any(isinstance(picture, EngineError) for picture in painting.pictures()):
        raise ModelUnavailable(f"{loaded.card.name} draws nothing in {loaded.card.precision}: choose another precision")
    return took


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:  # also refuses what is not a number
        raise InvalidRequest(f"{name} has to lie between {least} and {most}, not at {value}")
