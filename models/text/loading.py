"""Any causal language model, from the hub or a folder, in 4 bits, bf16 or fp32, on the CPU or a GPU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engine import ModelCard
from models.errors import ModelUnavailable, OutOfMemory
from models.text.config import EMBEDDED, Precision, TextModelConfig
from models.text.masks import Masks

Progress = Callable[[str, float], None]
"""Is told what is being done, and how much of it is behind (0 to 1)."""


def silent(doing: str, done: float) -> None:
    """Show no progress."""


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
    import torch
    from transformers import AutoConfig, AutoTokenizer

    if config.threads is not None:
        torch.set_num_threads(config.threads)
    device = choose_device(config.device)
    source, name, licence = _source(config, progress)
    progress("loading the model", 0.0)
    # The small file first: a model that is not there, or that the lanes cannot serve, costs no download.
    Masks(_explained(config.model, lambda: AutoConfig.from_pretrained(source)))
    tokenizer = _explained(config.model, lambda: AutoTokenizer.from_pretrained(source))
    model = _explained(config.model, lambda: from_folder(source, config.precision, device))
    progress("model loaded", 1.0)
    window = min(config.window_tokens, _model_window(model))
    card = ModelCard(name, licence or _licence(source), config.precision, device, window)
    return LoadedModel(model, tokenizer, card, _ends(model, tokenizer))


def from_folder(source: str | Path, precision: Precision, device: str) -> Any:
    """Load weights in a precision; ones that were saved in 4 bits stay as they are."""
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
    model: Any = AutoModelForCausalLM.from_pretrained(source, **options)
    return model.eval()


def choose_device(wanted: str) -> str:
    """Resolve "auto"; raises `ModelUnavailable` where a GPU is asked for and none is there."""
    import torch

    if wanted == "cuda" and not torch.cuda.is_available():
        raise ModelUnavailable("no CUDA device was found: choose the device cpu or auto, or install the GPU's driver")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


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


def _explained(name: str, load: Callable[[], Any]) -> Any:
    """Turn a loader's exceptions into one sentence about what to do."""
    import torch
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    try:
        return load()
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(f"{name} does not fit into memory: choose a smaller model or the precision nf4") from error
    except (OSError, ValueError, RuntimeError) as error:
        cause = error.__cause__ or error
        if isinstance(cause, GatedRepoError):
            hint = "its owner asks for consent: accept the licence on its page and log in with `hf auth login`"
        elif isinstance(cause, RepositoryNotFoundError):
            hint = "the hub knows no model of this name: check the spelling, or log in if it is private"
        elif isinstance(error, OSError):
            hint = "it is neither a folder with a model nor could it be downloaded: check the name and the network"
        else:
            hint = f"transformers cannot load it as a causal language model ({type(error).__name__})"
        raise ModelUnavailable(f"{name} cannot be loaded: {hint}") from error


def _model_window(model: Any) -> int:
    text = model.config.get_text_config(decoder=True)
    return int(getattr(text, "max_position_embeddings", None) or 2**31)


def _ends(model: Any, tokenizer: Any) -> frozenset[int]:
    """Collect the tokens that end a turn: those of the generation config and the tokenizer's own."""
    ids = model.generation_config.eos_token_id
    listed = ids if isinstance(ids, list) else [ids]
    return frozenset(token for token in (*listed, tokenizer.eos_token_id) if token is not None)


def _licence(source: str | Path) -> str:
    """Read the licence from the model's card, if there is one."""
    from huggingface_hub import ModelCard as HubCard

    try:
        path = Path(source) / "README.md"
        return str(HubCard.load(path if Path(source).is_dir() else str(source)).data.license or "unknown")
    except Exception:
        return "unknown"
