"""Call the pipeline that fits, for several pictures at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import torch
from PIL import Image, ImageOps

from models.image.drawing import Canvas, Drawing
from models.image.loading import LoadedPipeline
from models.image.lora import Wardrobe
from models.image.pieces import pause
from models.image.vae import cut

OnStep = Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]
CLEAN = "pred_original_sample"
FRUGAL = 2


class Painter:
    """Draws on canvases of the same terms, and pauses after every bounded piece where it is run in pieces.

    A piece is a prompt's encoding, a denoising step, or one tile or layer in the vae.
    """

    def __init__(self, loaded: LoadedPipeline, tile_px: int) -> None:
        self._loaded = loaded
        self._wardrobe = Wardrobe(loaded.drawing) if loaded.card.takes_lora else None
        self._tile_px = tile_px
        self._vae_type = loaded.drawing.vae.dtype
        for module in _bounded(loaded.drawing):
            module.register_forward_hook(lambda *_: pause())

    def paint(self, canvases: list[Canvas], on_step: OnStep) -> Any:
        """Return the pictures [N, height, width, 3] as floats from 0 to 1. Raises whatever the pipeline raises."""
        drawing = canvases[0].drawing
        pipeline = self._fitting(drawing)
        self._dress(drawing)
        cut(pipeline.vae, self._tile_px // FRUGAL if canvases[0].is_frugal else self._tile_px)
        pause()
        try:
            return pipeline(**self._arguments(pipeline, canvases, on_step)).images
        finally:
            self._restore()

    def _fitting(self, drawing: Drawing) -> Any:
        given = drawing.given
        if given.mask is not None:
            return self._loaded.filling
        return self._loaded.drawing if given.image is None else self._loaded.changing

    def _dress(self, drawing: Drawing) -> None:
        if self._wardrobe is not None:
            self._wardrobe.wear(drawing.terms.lora)

    def _arguments(self, pipeline: Any, canvases: list[Canvas], on_step: OnStep) -> Mapping[str, Any]:
        """Put together what the pipeline's call takes of all that is known."""
        drawing, requests = canvases[0].drawing, [canvas.drawing.request for canvas in canvases]
        width, height = drawing.terms.size
        tensors = ["latents", CLEAN] if CLEAN in pipeline._callback_tensor_inputs else ["latents"]
        known = {
            "prompt": [request.prompt for request in requests],
            "negative_prompt": [request.avoid for request in requests] if drawing.terms.has_avoid else None,
            "width": width,
            "height": height,
            "num_inference_steps": drawing.terms.steps,
            "guidance_scale": drawing.terms.guidance,
            "strength": drawing.terms.strength,
            # On the processor, so that a seed means the same on every device.
            "generator": [torch.Generator().manual_seed(canvas.seed) for canvas in canvases],
            "callback_on_step_end": on_step,
            "callback_on_step_end_tensor_inputs": tensors,
            "output_type": "np",
            **self._given(drawing),
        }
        taken = signature(pipeline.__call__).parameters
        return {name: value for name, value in known.items() if name in taken and value is not None}

    def _given(self, drawing: Drawing) -> Mapping[str, Any]:
        """Fit given pictures to the size, but for a pipeline that is told in words what to do with them."""
        given, size = drawing.given, drawing.terms.size
        if given.mask is None and self._loaded.card.edits == "instruction":
            looked_at = [image for image in (given.image, *given.references) if image is not None]
            return {"image": looked_at or None}
        return {"image": _fitted(given.image, size), "mask_image": _fitted(given.mask, size)}

    def _restore(self) -> None:
        """Undo what a pipeline that was left in the middle did not: some turn their vae to fp32 while it works."""
        vae = self._loaded.drawing.vae
        if vae.dtype != self._vae_type:
            vae.to(self._vae_type)


def _bounded(pipeline: Any) -> list[Any]:
    """Collect the modules whose passes are pieces, beside the denoising steps."""
    encoders = [module for name, module in pipeline.components.items() if name.startswith("text_encoder") and module]
    halves = [getattr(pipeline.vae, half) for half in ("encoder", "decoder") if hasattr(pipeline.vae, half)]
    # A small vae is not cut into tiles, but it is a plain sequence of layers.
    return encoders + [layer for half in halves for layer in getattr(half, "layers", [half])]


def _fitted(image: Image.Image | None, size: tuple[int, int]) -> Image.Image | None:
    return None if image is None else ImageOps.fit(image, size, Image.Resampling.LANCZOS)
