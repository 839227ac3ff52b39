"""Any causal language model, from the hub or a folder, in 4 bits, bf16 or fp32, on the CPU or a GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engine import ModelCard
from models.hardware import choose_device, use_threads
from models.loading import Progress, explained, licence_of
from models.text.config import EMBEDDED, Precision, TextModelConfig
from models.text.masks import Masks

UNFIT = "transformers cannot load it as a causal language model"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in evaluation mode, its tokenizer, what to say about it, and the tokens that end its turn."""

    model: Any
    tokenizer: Any
    card: ModelCard
    ends: frozenset[int]


Load = Callable[[TextModelConfig, Progress], LoadedModel]


def load(config: TextModelConfig, progress: Progress) -> LoadedModel:
    """Load the configured model. Raises `ModelUnavailable`, saying what is missing and how to get it."""
    prepare_libraries()
    from transformers import AutoConfig, AutoTokenizer

    use_threads(config.threads)
    device = choose_device(config.device)
    source, name, licence = _source(config, progress)
    progress("loading the model", 0.0)
    # The small file first: a model that is not there, or that the lanes cannot serve, costs no download.
    Masks(explained(config.model, UNFIT, lambda: AutoConfig.from_pretrained(source)))
    tokenizer = explained(config.model, UNFIT, lambda: AutoTokenizer.from_pretrained(source))
    model = explained(config.model, UNFIT, lambda: from_folder(source, config.precision, device))
    progress("model loaded", 1.0)
    window = min(config.window_tokens, window_of(model))
    card = ModelCard(name, licence or licence_of(source), config.precision, device, window)
    return LoadedModel(model, tokenizer, card, ends_of(model, tokenizer))


def from_folder(source: str | Path, precision: Precision, device: str, model_class: Any = None) -> Any:
    """Load weights in a precision; ones that were saved in 4 bits stay as they are.

    `model_class` is one of transformers' auto classes, that for causal language models if none is given.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, BitsAndBytesConfig

    kind = torch.float32 if precision == "fp32" else torch.bfloat16
    quantisation: Any = BitsAndBytesConfig
    options: dict[str, Any] = {"dtype": kind, "device_map": device}
    if precision == "nf4" and not hasattr(AutoConfig.from_pretrained(source), "quantization_config"):
        options["quantization_config"] = quantisation(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
    model: Any = (model_class or AutoModelForCausalLM).from_pretrained(source, **options)
    return model.eval()


def prepare_libraries() -> None:
    """Let threads wait passively, and keep the libraries' progress bars and advice out of the application's log."""
    import logging

    from transformers.utils import logging as transformers_logging

    bars: Any = transformers_logging
    bars.disable_progress_bar()
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def _source(config: TextModelConfig, progress: Progress) -> tuple[str | Path, str, str | None]:
    """Say where the weights lie, and the model's name and licence as far as they are known already."""
    if config.model == EMBEDDED:
        from models.text import embedded

        return embedded.converted(config.cache_dir, config.precision, progress), embedded.NAME, embedded.LICENCE
    return config.model, Path(config.model).name, None


def window_of(model: Any) -> int:
    """Say how many tokens a model was made for."""
    text = model.config.get_text_config(decoder=True)
    return int(getattr(text, "max_position_embeddings", None) or 2**31)


def ends_of(model: Any, tokenizer: Any) -> frozenset[int]:
    """Collect the tokens that end a turn: those of the generation config and the tokenizer's own."""
    ids = model.generation_config.eos_token_id
    listed = ids if isinstance(ids, list) else [ids]
    return frozenset(token for token in (*listed, tokenizer.eos_token_id) if token is not None)
