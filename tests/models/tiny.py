"""A language model of a few thousand random weights, with a tokenizer that knows bytes, saved like a real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.events import Finished, Started, TextDelta
from models.loading import silent
from models.outbox import Item
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig
from models.text.engine import TextEngine, assemble
from models.text.loading import load
from models.text.sequence import Sequence

TEMPLATE = (
    "{% for message in messages %}<|start|>{{ message['role'] }}\n{{ message['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
GREEDY = Sampling(temperature=0, dry_multiplier=0)


def byte_tokenizer(template: str | None = TEMPLATE) -> Any:
    """One token a byte, no merges; two control tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    backend = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(letters)}, merges=[]))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    make: Any = PreTrainedTokenizerFast
    tokenizer = make(tokenizer_object=backend, eos_token="<|end|>", additional_special_tokens=["<|start|>"])
    tokenizer.chat_template = template
    return tokenizer


def save_tiny(folder: Path, kind: str = "llama", **changes: Any) -> Path:
    """Save a tiny random causal model and its tokenizer."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    tokenizer = byte_tokenizer()
    torch.manual_seed(7)
    settings: dict[str, Any] = {
        "vocab_size": len(tokenizer), "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 512,
        "initializer_range": 0.4, "eos_token_id": tokenizer.eos_token_id, "bos_token_id": None, "pad_token_id": None,
    }  # fmt: skip
    make: Any = AutoModelForCausalLM.from_config
    model = make(AutoConfig.for_model(kind, **(settings | changes)))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tiny_config(folder: Path, **changes: Any) -> TextModelConfig:
    """Choose a tiny model in fp32, where batches change no token."""
    settings: dict[str, Any] = {
        "precision": "fp32",
        "device": "cpu",
        "window_tokens": 512,
        "slots": 4,
        "chunk_tokens": 64,
        "threads": 1,
    }
    return TextModelConfig(model=str(folder), **(settings | changes))


def ask(text: str, n: int = 24, *, id: str = "r", **changes: Any) -> TextRequest:
    """Ask for a continuation of one member's words."""
    settings: dict[str, Any] = {"max_new_tokens": n, "sampling": GREEDY} | changes
    return TextRequest(id, (PromptPart("words", Role.USER, text),), **settings)


class Bench:
    """The text engine without its thread: a test makes every step itself and sees what was said to whom."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        config = tiny_config(folder, **changes)
        self.heard: dict[int, list[Item]] = {}
        self.sequences: dict[int, Sequence] = {}
        self.engine: TextEngine = assemble(load(config, silent), config, self._hear)
        self.batch = self.engine.batch

    def _hear(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            self.heard.setdefault(ticket, []).append(item)

    def submit(self, request: TextRequest) -> int:
        """Put a request in and return its ticket."""
        ticket = len(self.heard)
        self.heard[ticket] = []
        self.sequences[ticket] = self.engine.sequence(ticket, request)
        self.batch.submit(self.sequences[ticket])
        return ticket

    def run(self, *requests: TextRequest) -> list[Finished]:
        """Work on requests at the same time until all are done."""
        tickets = [self.submit(request) for request in requests]
        while self.batch.step():
            pass
        return [self.end(ticket) for ticket in tickets]

    def end(self, ticket: int) -> Finished:
        """Return how a request ended."""
        last = self.heard[ticket][-1]
        assert isinstance(last, Finished), last
        return last

    def started(self, ticket: int) -> Started:
        """Return how a request began."""
        first = self.heard[ticket][0]
        assert isinstance(first, Started), first
        return first

    def text(self, ticket: int) -> str:
        """Return all words said to a request so far."""
        return "".join(item.text for item in self.heard[ticket] if isinstance(item, TextDelta))
