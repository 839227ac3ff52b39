"""Where the small picture model lies, and how to open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.embedded.image_to_image import EmojiImg2ImgPipeline
from models.embedded.pipeline import EmojiPipeline
from models.embedded.words import encoder_folder

FOLDER = Path(__file__).parent / "pictures"


def components() -> dict[str, Any]:
    """Load what the saved pipeline leaves to a package: its text encoder and tokenizer."""
    from transformers import AutoModel, AutoTokenizer

    folder = encoder_folder()
    return {"text_encoder": AutoModel.from_pretrained(folder), "tokenizer": AutoTokenizer.from_pretrained(folder)}


def text_to_image_class() -> type[EmojiPipeline]:
    """Return the class to open the folder with."""
    return EmojiPipeline


def image_to_image_class() -> type[EmojiImg2ImgPipeline]:
    """Return the class that draws over pictures; it takes the other one's components."""
    return EmojiImg2ImgPipeline


def open_embedded() -> EmojiPipeline:
    """Open the pipeline in single precision on the processor."""
    import torch

    kind: Any = EmojiPipeline
    pipeline: EmojiPipeline = kind.from_pretrained(FOLDER, dtype=torch.float32, **components())
    return pipeline
