"""Any text-to-image pipeline of diffusers, by preset, hub id or folder, with the siblings that share its weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from models.engine import ImageCard
from models.errors import ModelUnavailable
from models.hardware import choose_device, give_back
from models.image.card import describe, limits
from models.image.config import EMBEDDED, ImageModelConfig, Precision
from models.image.precision import choose_precision, four_bits, weights_type
from models.image.presets import Preset, presets
from models.image.schedulers import change_scheduler
from models.image.siblings import denoiser, image_to_image, inpaint
from models.image.sizes import Limits
from models.loading import Progress, explained

UNFIT = "diffusers cannot load it as a text-to-image pipeline"
ROUNDED = ("unet", "transformer", "text_encoder")


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
        if device == "cpu":
            give_back(self.card.device)


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
    card = describe(pipeline, changing, filling, config, preset, precision=precision, device=device)
    decoder = _preview_decoder(config, precision, device)
    return LoadedPipeline(pipeline, changing, filling, card, limits(pipeline, card, preset), decoder)


def quiet() -> None:
    """Keep the libraries' progress bars and advice out of the application's log."""
    import logging
    import warnings

    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    libraries: tuple[Any, ...] = (diffusers_logging, transformers_logging)
    for library in libraries:
        library.set_verbosity_error()
        library.disable_progress_bar()
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message=".*local_dir_use_symlinks")  # diffusers still says it to the hub's client


def _opened(config: ImageModelConfig, preset: Preset | None, precision: Precision, device: str) -> Any:
    source = preset.model if preset else config.model
    if source == EMBEDDED:
        from models.embedded.pictures import FOLDER, components, text_to_image_class

        kind: Any = text_to_image_class()
        return kind.from_pretrained(FOLDER, dtype=weights_type(precision), **components()).to(device)
    import diffusers

    opening: Any = diffusers.DiffusionPipeline
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


def _preview_decoder(config: ImageModelConfig, precision: Precision, device: str) -> Any | None:
    if config.preview_model is None:
        return None
    import diffusers

    decoder: Any = diffusers.AutoencoderTiny
    source, kind = config.preview_model, weights_type(precision)
    unfit = "diffusers cannot load it as an AutoencoderTiny"
    return explained(source, unfit, lambda: decoder.from_pretrained(source, dtype=kind).to(device))
