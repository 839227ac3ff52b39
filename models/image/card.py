"""What to say of a loaded pipeline: by its preset, else by what the pipeline itself tells."""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from typing import Any

from models.engine import ImageCard
from models.image.config import ImageModelConfig, Precision
from models.image.presets import Preset
from models.image.siblings import denoiser, edits
from models.image.sizes import Limits, Size, shapes
from models.loading import licence_of

USUAL_SIDE_PX = 1024


def describe(
    pipeline: Any,
    changing: Any | None,
    filling: Any | None,
    config: ImageModelConfig,
    preset: Preset | None,
    *,
    precision: Precision,
    device: str,
) -> ImageCard:
    """Fill in the card of a pipeline and of the siblings that begin from a picture or change a part of one."""
    taken = signature(pipeline.__call__).parameters
    steps, guidance = _defaults(taken, config, preset)
    return ImageCard(
        name=preset.title if preset else Path(config.model).name,
        licence=preset.licence if preset else licence_of(config.model),
        precision=precision,
        device=device,
        sizes=preset.sizes if preset else shapes(_side(pipeline), multiple(pipeline)),
        steps=steps,
        guidance=guidance,
        takes_avoid="negative_prompt" in taken and guidance > 1,
        edits=edits(pipeline, changing),
        references=preset.references if preset else 0,
        largest=preset.largest if preset and changing is not None else None,
        takes_lora=hasattr(pipeline, "load_lora_weights"),
        takes_mask=filling is not None,
    )


def limits(pipeline: Any, card: ImageCard, preset: Preset | None) -> Limits:
    """Say which sizes a pipeline draws."""
    sizes: list[Size] = [*card.sizes.values(), *([card.largest] if card.largest else [])]
    least = min(min(size) for size in card.sizes.values()) // 2
    area = max(width * height for width, height in sizes)
    return Limits(multiple(pipeline), preset.least if preset and preset.least else least, area)


def multiple(pipeline: Any) -> int:
    """Say of which length in px all sides have to be multiples: what one latent, or one patch of latents, covers."""
    return int(pipeline.image_processor.config.vae_scale_factor)


def _defaults(taken: Any, config: ImageModelConfig, preset: Preset | None) -> tuple[int, float]:
    """Choose steps and guidance: the host's, else the preset's, else the pipeline's own."""
    steps = preset.steps if preset else taken["num_inference_steps"].default
    own = taken["guidance_scale"].default if "guidance_scale" in taken else 1.0
    guidance = preset.guidance if preset else own
    return config.steps or steps, guidance if config.guidance is None else config.guidance


def _side(pipeline: Any) -> int:
    """Say the side in px of the square that a pipeline was trained on, as far as its configuration tells."""
    config = denoiser(pipeline).config
    sample = getattr(pipeline, "default_sample_size", None) or getattr(config, "sample_size", None)
    return sample * int(pipeline.vae_scale_factor) if isinstance(sample, int) else USUAL_SIDE_PX
