"""Any text-to-image pipeline of diffusers, by preset, hub id or folder, with the siblings that share its weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

from models.engine import ImageCard
from models.errors import ModelUnavailable
from models.hardware import choose_device
from models.image.config import EMBEDDED, ImageModelConfig, Precision
from models.image.precision import choose_precision, four_bits, weights_type
from models.image.presets import Preset, presets
from models.image.schedulers import change_scheduler
from models.image.siblings import edits, image_to_image, inpaint
from models.image.sizes import Limits, shapes
from models.loading import Progress, explained, licence_of

UNFIT = "diffusers cannot load it as a text-to-image pipeline"
ROUNDED = ("unet", "transformer", "text_encoder")
FALLBACK_SIDE_PX = 1024


@dataclass(frozen=True, slots=True)
class LoadedPipeline:
    """A pipeline and its siblings: `drawing` begins from noise, `changing` from a picture, `filling` within a mask.

    All share their components, which lie on one device. `preview_decoder` is a small decoder, where one is configured.
    """

    drawing: Any
    changing: Any | None
    filling: Any | None
    card: ImageCard
    limits: Limits
    preview_decoder: Any | None = None

    def move(self, device: str) -> None:
        """Take all weights to a device, or to host memory ("cpu"); not while a picture is being drawn."""
        self.drawing.to(device)
        if self.preview_decoder is not None:
            self.preview_decoder.to(device)


Load = Callable[[ImageModelConfig, Progress], LoadedPipeline]


def load(config: ImageModelConfig, progress: Progress, preset: Preset | None = None) -> LoadedPipeline:
    """Load the configured pipeline; `preset` stands in for the one that the configuration names.

    Raises `ModelUnavailable`, saying what is missing and how to get it.
    """
    quiet()
    preset = preset or presets().get(config.model)
    device = choose_device(config.device)
    precision = choose_precision(config, preset, device)
    progress("loading the pictures' pipeline", 0.0)
    pipeline = explained(config.model, UNFIT, lambda: _opened(config, preset, precision, device))
    _adjust(pipeline, config, preset)
    progress("pictures' pipeline loaded", 1.0)
    changing = image_to_image(pipeline)
    filling = inpaint(pipeline, preset)
    for sibling in (pipeline, changing, filling):
        if sibling is not None:
            sibling.set_progress_bar_config(disable=True)
    card = _card(pipeline, config, preset, precision, device)
    card = _with_siblings(card, pipeline, changing, filling, preset)
    decoder = _preview_decoder(config, precision, device)
    return LoadedPipeline(pipeline, changing, filling, card, _limits(pipeline, card, preset), decoder)


def quiet() -> None:
    """Keep the libraries' progress bars and advice out of the application's log."""
    import logging

    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    libraries: tuple[Any, ...] = (diffusers_logging, transformers_logging)
    for library in libraries:
        library.set_verbosity_error()
        library.disable_progress_bar()
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def _opened(config: ImageModelConfig, preset: Preset | None, precision: Precision, device: str) -> Any:
    if config.model == EMBEDDED:
        from models.embedded.pictures import FOLDER, components, text_to_image_class

        kind: Any = text_to_image_class()
        return kind.from_pretrained(FOLDER, dtype=weights_type(precision), **components()).to(device)
    import diffusers

    opening: Any = diffusers.DiffusionPipeline
    source = preset.model if preset else config.model
    kind = _pipeline_class(source)
    components_, _ = kind._get_signature_keys(kind)
    options: dict[str, Any] = {"dtype": weights_type(precision), **(preset.loading if preset else {})}
    if precision == "nf4":
        rounded = preset.quantised if preset else [name for name in sorted(components_) if name.startswith(ROUNDED)]
        options["quantization_config"] = four_bits(rounded)
    if "safety_checker" in components_:  # it blackens pictures; what is finished has a judge of its own
        options |= {"safety_checker": None, "requires_safety_checker": False}
    return opening.from_pretrained(source, **options).to(device)


def _pipeline_class(source: str) -> Any:
    """Return a pipeline's class after reading its small index file. Raises `ModelUnavailable` for another kind."""
    import diffusers

    name = diffusers.DiffusionPipeline.load_config(source).get("_class_name", "")
    kind = getattr(diffusers, name, None)
    arguments = signature(kind.__call__).parameters if kind is not None else {}
    if not {"prompt", "width", "callback_on_step_end"} <= set(arguments) or "num_frames" in arguments:
        raise ModelUnavailable(f"{source} cannot draw: {name or 'it'} is no text-to-image pipeline that goes by steps")
    return kind


def _adjust(pipeline: Any, config: ImageModelConfig, preset: Preset | None) -> None:
    """Apply what is chosen beside the weights: LoRA, scheduler, compilation."""
    if preset is not None and preset.lora is not None:
        lora = preset.lora
        explained(lora, "it is no LoRA for this pipeline", lambda: pipeline.load_lora_weights(lora))
        pipeline.fuse_lora()
        pipeline.unload_lora_weights()
    if config.scheduler is not None:
        change_scheduler(pipeline, config.scheduler, {})
    elif preset is not None and preset.scheduler is not None:
        change_scheduler(pipeline, preset.scheduler, preset.scheduling)
    if config.compile:
        network = denoiser(pipeline)
        unfit = "its blocks cannot be compiled: switch compiling off"
        explained(config.model, unfit, lambda: network.compile_repeated_blocks(dynamic=True))


def denoiser(pipeline: Any) -> Any:
    """Return the network that a pipeline runs at every step."""
    return getattr(pipeline, "unet", None) or pipeline.transformer


def _card(
    pipeline: Any, config: ImageModelConfig, preset: Preset | None, precision: Precision, device: str
) -> ImageCard:
    arguments = signature(pipeline.__call__).parameters
    guidance = arguments["guidance_scale"].default if "guidance_scale" in arguments else 1.0
    return ImageCard(
        name=preset.title if preset else Path(config.model).name,
        licence=preset.licence if preset else licence_of(config.model),
        precision=precision,
        device=device,
        sizes=preset.sizes if preset else shapes(_side(pipeline), _multiple(pipeline)),
        steps=preset.steps if preset else arguments["num_inference_steps"].default,
        guidance=preset.guidance if preset else guidance,
        takes_avoid="negative_prompt" in arguments and (preset.guidance if preset else guidance) > 1,
        takes_lora=hasattr(pipeline, "load_lora_weights"),
    )


def _with_siblings(
    card: ImageCard, pipeline: Any, changing: Any | None, filling: Any | None, preset: Preset | None
) -> ImageCard:
    from dataclasses import replace

    return replace(
        card,
        edits=edits(pipeline, changing),
        references=preset.references if preset else 0,
        largest=preset.largest if preset and changing is not None else None,
        takes_mask=filling is not None,
    )


def _limits(pipeline: Any, card: ImageCard, preset: Preset | None) -> Limits:
    sizes = [*card.sizes.values(), *([card.largest] if card.largest else [])]
    least = min(min(size) for size in card.sizes.values()) // 2
    area = max(width * height for width, height in sizes)
    return Limits(_multiple(pipeline), preset.least if preset and preset.least else least, area)


def _side(pipeline: Any) -> int:
    """Say the side in px of the square that a pipeline was trained on, as far as its configuration tells."""
    config = denoiser(pipeline).config
    sample = getattr(pipeline, "default_sample_size", None) or getattr(config, "sample_size", None)
    return int(sample) * int(pipeline.vae_scale_factor) if isinstance(sample, int) else FALLBACK_SIDE_PX


def _multiple(pipeline: Any) -> int:
    """Say of which length in px all sides have to be multiples: what one latent, or one patch of latents, covers."""
    return int(pipeline.image_processor.config.vae_scale_factor)


def _preview_decoder(config: ImageModelConfig, precision: Precision, device: str) -> Any | None:
    if config.preview_model is None:
        return None
    import diffusers

    decoder: Any = diffusers.AutoencoderTiny
    source, kind = config.preview_model, weights_type(precision)
    unfit = "diffusers cannot load it as an AutoencoderTiny"
    return explained(source, unfit, lambda: decoder.from_pretrained(source, dtype=kind).to(device))
