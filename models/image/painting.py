"""Several pictures that are being drawn together, a piece at a time."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import torch

from models.errors import NotFinite
from models.events import DrawnPicture
from models.image.drawing import Canvas
from models.image.expected import Look
from models.image.painter import CLEAN, Painter
from models.image.pieces import Pieces, pause

UNSOUND = "the pipeline's numbers for this picture are not finite: another seed, prompt or precision may help"


class Painting:
    """One call of a pipeline. `steps_done` are its denoising steps; `unsound` the canvases that overflowed.

    `look` is there after a step for whoever makes a preview of it.
    """

    def __init__(self, painter: Painter, canvases: list[Canvas]) -> None:
        self.canvases = canvases
        self.steps_done = 0
        self.unsound: set[Canvas] = set()
        self.look: Look | None = None
        self._latents: Any = None
        self._pieces = Pieces(lambda: painter.paint(canvases, self._on_step))

    def advance(self) -> bool:
        """Do one piece; return whether there is anything left. Raises what the pipeline raises."""
        return self._pieces.advance()

    def stop(self) -> None:
        """Let go of all memory, and leave the pictures as they are if they are unfinished.

        A pipeline that fails while it is left fails nobody: who asked is gone.
        """
        self.look = self._latents = None
        with suppress(Exception):
            self._pieces.stop()

    def pictures(self) -> list[DrawnPicture | NotFinite]:
        """Return the finished pictures in the order of the canvases; one that cannot be shown as its error."""
        return [_picture(canvas, pixels) for canvas, pixels in zip(self.canvases, self._pieces.result, strict=True)]

    def _on_step(self, pipeline: Any, step: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """Take note of a step, and let others use the device."""
        latents = tensors["latents"]
        self.steps_done = step + 1
        steps = _steps_of(pipeline)
        sound = torch.isfinite(latents).flatten(1).all(1).tolist()
        for canvas, is_sound in zip(self.canvases, sound, strict=True):
            canvas.steps_done = self.steps_done
            canvas.drawing.steps = steps
            if not is_sound:
                self.unsound.add(canvas)
        self.look = Look(pipeline, latents, self._latents, tensors.get(CLEAN), self.canvases[0].drawing.terms.size)
        self._latents = latents
        pause()
        return {}


def _steps_of(pipeline: Any) -> int:
    """Say how many steps a call takes: fewer than it was asked for where it begins from a picture."""
    if hasattr(pipeline, "num_timesteps"):
        return int(pipeline.num_timesteps)
    scheduler = pipeline.scheduler
    return len(scheduler.timesteps) - (getattr(scheduler, "begin_index", None) or 0)


def _picture(canvas: Canvas, pixels: Any) -> DrawnPicture | NotFinite:
    """Turn floats [height, width, 3] into a picture; one that is not finite, or as black as that becomes, is none."""
    tensor = torch.as_tensor(pixels)
    if not torch.isfinite(tensor).all() or not tensor.any():
        return NotFinite(UNSOUND)
    rows = tensor.mul(255).round().clamp(0, 255).to(torch.uint8)
    height, width, _ = rows.shape
    return DrawnPicture(width, height, rows.numpy().tobytes(), canvas.seed)
