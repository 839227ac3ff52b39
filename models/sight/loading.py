"""Any model of the hub that takes a picture and a question and answers in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from models.engine import ModelCard
from models.errors import ModelUnavailable
from models.hardware import choose_device
from models.loading import Progress, explained, licence_of
from models.sight.config import SightConfig
from models.text.loading import ends_of, from_folder, prepare_libraries, window_of

UNFIT = "transformers cannot load it as a model that looks at pictures and answers in words"


@dataclass(frozen=True, slots=True)
class LoadedSight:
    """A model in evaluation mode, its processor, what to say about it, and the tokens that end its turn."""

    model: Any
    processor: Any
    card: ModelCard
    ends: frozenset[int]


LoadSight = Callable[[SightConfig, Progress], LoadedSight]


def load(config: SightConfig, progress: Progress) -> LoadedSight:
    """Load the configured model. Raises `ModelUnavailable`, saying what is missing and how to get it."""
    prepare_libraries()
    from transformers import AutoModelForImageTextToText

    device = choose_device(config.device)
    progress("loading the model that sees", 0.0)
    # The small files first: a processor that cannot be built costs no download.
    processor = explained(config.model, UNFIT, lambda: _processor(config.model))
    build: Any = AutoModelForImageTextToText
    model = explained(config.model, UNFIT, lambda: from_folder(config.model, config.precision, device, build))
    progress("model that sees loaded", 1.0)
    window = min(config.window_tokens, window_of(model))
    card = ModelCard(Path(config.model).name, licence_of(config.model), config.precision, device, window)
    return LoadedSight(model, processor, card, ends_of(model, processor.tokenizer))


def _processor(source: str) -> Any:
    """Build what prepares pictures and words for the model; many that also take films need torchvision for that."""
    from transformers import AutoProcessor

    build: Any = AutoProcessor
    try:
        processor = build.from_pretrained(source)
    except (ImportError, AttributeError) as error:
        raise _hint(source, error) from error
    if not hasattr(processor, "image_processor"):
        raise ModelUnavailable(f"{source} cannot be loaded: it takes no pictures")
    if not processor.chat_template:
        raise ModelUnavailable(f"{source} cannot be loaded: it has no chat template; take its instruct version")
    return processor


def _hint(source: str, error: Exception) -> ModelUnavailable:
    if find_spec("torchvision") is None:
        what = "what prepares its pictures needs the package torchvision: pip install torchvision"
    else:
        what = f"what prepares its pictures cannot be built ({type(error).__name__}: {error})"
    return ModelUnavailable(f"{source} cannot be loaded: {what}")
