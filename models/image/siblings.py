"""The pipelines that share another one's weights: they begin from a picture, or change a part of one."""

from __future__ import annotations

from typing import Any

from models.image.presets import Edits, Preset


def image_to_image(pipeline: Any) -> Any | None:
    """Return the sibling that begins from a picture, the pipeline itself where it does so, None where none does."""
    from diffusers import AutoPipelineForImage2Image

    if is_embedded(pipeline):
        from models.embedded.pictures import image_to_image_class

        return from_weights(image_to_image_class(), pipeline)
    return _by_map(AutoPipelineForImage2Image, pipeline)


def inpaint(pipeline: Any, preset: Preset | None) -> Any | None:
    """Return the sibling that changes a part of a picture, None where there is none."""
    import diffusers

    if preset is not None and preset.inpaint is not None:
        return from_weights(getattr(diffusers, preset.inpaint), pipeline)
    return _by_map(diffusers.AutoPipelineForInpainting, pipeline)


def edits(pipeline: Any, changing: Any | None) -> Edits | None:
    """Say how a pipeline changes a picture: one that is its own sibling is told in words what to change."""
    if changing is None:
        return None
    return "instruction" if type(changing) is type(pipeline) else "strength"


def denoiser(pipeline: Any) -> Any:
    """Return the network that a pipeline runs at every step."""
    return getattr(pipeline, "unet", None) or pipeline.transformer


def is_embedded(pipeline: Any) -> bool:
    """Tell whether this is the small pipeline that comes with Salon."""
    return type(pipeline).__module__.startswith("models.embedded")


def from_weights(kind: Any, pipeline: Any) -> Any:
    """Make a pipeline of another class from the components of one; nothing is copied, nor moved, nor converted."""
    components, options = kind._get_signature_keys(kind)
    settings = {name: pipeline.config[name] for name in options if name in pipeline.config}
    return kind(**{name: getattr(pipeline, name) for name in components if hasattr(pipeline, name)}, **settings)


def _by_map(auto: Any, pipeline: Any) -> Any | None:
    try:
        return auto.from_pipe(pipeline)
    except ValueError:  # its map lacks the class, or the sibling needs what the pipeline has not
        return None
