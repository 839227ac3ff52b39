"""Tiny random models of three families that look at pictures, saved like real ones; none needs torchvision."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from models.loading import silent
from models.outbox import Item
from models.requests import Sampling, SightRequest
from models.sight.config import SightConfig
from models.sight.engine import SightEngine, assemble
from models.sight.loading import load
from tests.models.tiny import byte_tokenizer

TEMPLATE = (
    "{% for message in messages %}<|start|>{{ message['role'] }}\n{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}PICTURE{% else %}{{ part['text'] }}{% endif %}{% endfor %}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
GREEDY = Sampling(temperature=0, dry_multiplier=0)
SIDE = 28
VISION = {
    "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4, "image_size": SIDE,
}  # fmt: skip


def save_sight(folder: Path, family: str) -> Path:
    """Save a tiny random model of a family, with what prepares its pictures."""
    import torch

    torch.manual_seed(7)
    model, processor = FAMILIES[family]()
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def sight_config(folder: Path, **changes: Any) -> SightConfig:
    """Choose a tiny model in fp32, answering with the likeliest words."""
    settings: dict[str, Any] = {"precision": "fp32", "device": "cpu", "sampling": GREEDY}
    return SightConfig(str(folder), **(settings | changes))


def picture(colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (50, 40)) -> bytes:
    """Encode a picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def look_at(content: bytes, question: str = "What is it?", n: int = 12, *, id: str = "r") -> SightRequest:
    """Ask about a picture."""
    return SightRequest(id, content, question, n)


class Bench:
    """The engine without its thread: a test makes every step itself and sees what was said to whom."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        config = sight_config(folder, **changes)
        self.heard: dict[int, list[Item]] = {}
        self.engine: SightEngine = assemble(load(config, silent), config, self._hear)
        self.batch = self.engine.batch

    def _hear(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            self.heard[ticket].append(item)

    def submit(self, request: SightRequest) -> int:
        """Put a request in and return its ticket."""
        ticket = len(self.heard)
        self.heard[ticket] = []
        self.batch.submit(self.engine.look(ticket, request))
        return ticket

    def run(self, *requests: SightRequest) -> list[list[Item]]:
        """Work until all are answered, and return what each heard."""
        tickets = [self.submit(request) for request in requests]
        while self.batch.step():
            pass
        return [self.heard[ticket] for ticket in tickets]


def _words(tokenizer: Any, **changes: Any) -> dict[str, Any]:
    """Shape the part of a model that writes."""
    return {
        "vocab_size": len(tokenizer), "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 512,
        "initializer_range": 0.4, "eos_token_id": tokenizer.eos_token_id, "bos_token_id": None, "pad_token_id": 0,
    } | changes  # fmt: skip


def _tokenizer(*marks: str) -> Any:
    tokenizer = byte_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|start|>", *marks]})
    tokenizer.pad_token = "<|end|>"
    return tokenizer


def _llava() -> tuple[Any, Any]:
    from transformers import LlavaConfig, LlavaForConditionalGeneration
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
    from transformers.models.llava.processing_llava import LlavaProcessor

    tokenizer = _tokenizer("<image>")
    make: Any = LlavaConfig
    config = make(
        vision_config={"model_type": "clip_vision_model", "patch_size": 14, "projection_dim": 32} | VISION,
        text_config={"model_type": "llama"} | _words(tokenizer),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
    )
    prepare: Any = LlavaProcessor
    processor = prepare(
        image_processor=CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}),
        tokenizer=tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=TEMPLATE.replace("PICTURE", "<image>"),
    )
    return LlavaForConditionalGeneration(config), processor


def _gemma() -> tuple[Any, Any]:
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration, PreTrainedTokenizerFast
    from transformers.models.gemma3.image_processing_pil_gemma3 import Gemma3ImageProcessorPil
    from transformers.models.gemma3.processing_gemma3 import Gemma3Processor

    marks = {"boi_token": "<boi>", "eoi_token": "<eoi>", "image_token": "<img>"}
    named: Any = PreTrainedTokenizerFast
    backend = _tokenizer().backend_tokenizer
    tokenizer = named(tokenizer_object=backend, eos_token="<|end|>", pad_token="<|end|>", extra_special_tokens=marks)
    ids = {f"{name}_index": tokenizer.convert_tokens_to_ids(mark) for name, mark in marks.items()}
    make: Any = Gemma3Config
    config = make(
        vision_config={"patch_size": 14} | VISION,
        text_config=_words(tokenizer, sliding_window=16, query_pre_attn_scalar=16),
        mm_tokens_per_image=4,
        **ids,
    )
    prepare: Any = Gemma3Processor
    images = Gemma3ImageProcessorPil(size={"height": SIDE, "width": SIDE})
    template = TEMPLATE.replace("PICTURE", "<boi>")
    return Gemma3ForConditionalGeneration(config), prepare(images, tokenizer, template, image_seq_length=4)


def _idefics() -> tuple[Any, Any]:
    from transformers import Idefics3Config, Idefics3ForConditionalGeneration
    from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil
    from transformers.models.idefics3.processing_idefics3 import Idefics3Processor

    tokenizer = _tokenizer("<image>", "<fake_token_around_image>", "<end_of_utterance>", "<global-img>")
    make: Any = Idefics3Config
    config = make(
        vision_config={"patch_size": 7} | VISION,
        text_config={"model_type": "llama"} | _words(tokenizer),
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=2,
        pad_token_id=0,
    )
    largest = {"longest_edge": SIDE}
    images = Idefics3ImageProcessorPil(size=largest, max_image_size=largest, do_image_splitting=False)
    prepare: Any = Idefics3Processor
    template = TEMPLATE.replace("PICTURE", "<image>")
    return (
        Idefics3ForConditionalGeneration(config),
        prepare(images, tokenizer, image_seq_len=4, chat_template=template),
    )


FAMILIES: dict[str, Callable[[], tuple[Any, Any]]] = {"llava": _llava, "gemma3": _gemma, "idefics3": _idefics}
