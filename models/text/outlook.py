"""What a model would run on and what it would take, said before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelUnavailable
from models.hardware import MIB, choose_device, free_and_total
from models.text.config import EMBEDDED, Precision, TextModelConfig
from models.text.loading import prepare_libraries

_WHOLE_BYTES = {"nf4": 2, "bf16": 2, "fp32": 4}
_NF4_BYTES = 0.516  # four bits, and the scales of 64 weights, which are rounded to eight bits themselves


@dataclass(frozen=True, slots=True)
class Outlook:
    """The device by its kind and name, its memory, and what the model would take of it, where that is known.

    `weight_bytes` are None where they are not known. `cache_bytes` are the bound for keys and values, 0 where none is
    set, since a measured bound always fits. `threads` are those that the CPU would work with.
    """

    device: str
    name: str
    threads: int
    free_bytes: int
    total_bytes: int
    weight_bytes: int | None
    cache_bytes: int = 0


def outlook(config: TextModelConfig) -> Outlook:
    """Look at the chosen device and model. Raises `ModelUnavailable` if the device is not there or does not answer."""
    prepare_libraries()
    import torch

    device = choose_device(config.device)
    try:
        name = torch.cuda.get_device_name() if device == "cuda" else device
        free, total = free_and_total(device)
    except RuntimeError as error:
        raise ModelUnavailable(
            f"the CUDA device does not answer ({type(error).__name__}): see what else runs on it, or choose cpu"
        ) from error
    cache = (config.kv_memory_mib or 0) * MIB
    return Outlook(device, name, config.threads or torch.get_num_threads(), free, total, _weight_bytes(config), cache)


def _weight_bytes(config: TextModelConfig) -> int | None:
    """Reckon the weights' memory from the model's shape; None where its files are not there or not understood."""
    from transformers import AutoModelForCausalLM

    try:
        source = _folder_of_embedded(config) if config.model == EMBEDDED else config.model
        return reckon(source, config.precision, AutoModelForCausalLM)
    except Exception:
        # Loading the model says what is wrong with it; a guess must not stand in its way.
        return None


def reckon(source: str | Path, precision: Precision, build: Any) -> int:
    """Reckon the bytes of a model's weights from its shape; `build` is one of transformers' auto classes."""
    import torch
    from transformers import AutoConfig

    shape = AutoConfig.from_pretrained(source, trust_remote_code=False)
    with torch.device("meta"):  # shapes without memory
        model: Any = build.from_config(shape)
    head = model.get_output_embeddings()
    linear = [part for part in model.modules() if isinstance(part, torch.nn.Linear) and part is not head]
    is_packed = precision == "nf4" or hasattr(shape, "quantization_config")
    packed = sum(part.weight.numel() for part in linear) if is_packed else 0
    whole: int = sum(weights.numel() for weights in model.parameters()) - packed
    return round(packed * _NF4_BYTES + whole * _WHOLE_BYTES[precision])


def _folder_of_embedded(config: TextModelConfig) -> Path:
    from models.text import embedded

    return embedded.folder(config.cache_dir, config.precision)
