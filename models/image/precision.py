"""In which precision a pipeline's weights are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.errors import ModelUnavailable
from models.hardware import free_and_total
from models.image.config import ImageModelConfig, Precision
from models.image.presets import Preset


def choose_precision(config: ImageModelConfig, preset: Preset | None, device: str) -> Precision:
    """Resolve "auto": fp32 on the processor, the preset's on a card, else bf16. Raises `ModelUnavailable`."""
    if config.precision == "auto":
        if device == "cpu":
            return "fp32"
        return preset.precision_on(free_and_total(device)[1]) if preset else "bf16"
    if device == "cpu" and config.precision in ("nf4", "fp16"):
        raise ModelUnavailable(f"pictures are drawn in {config.precision} on a GPU only: choose fp32, bf16 or auto")
    return config.precision


def weights_type(precision: Precision) -> Any:
    """Return the type that weights have which are not rounded to 4 bits."""
    import torch

    return {"fp32": torch.float32, "fp16": torch.float16}.get(precision, torch.bfloat16)


def four_bits(components: Sequence[str]) -> Any:
    """Say that these components are rounded to 4 bits (NF4) while they are loaded."""
    import diffusers
    import torch

    library: Any = diffusers
    return library.PipelineQuantizationConfig(
        quant_backend="bitsandbytes_4bit",
        quant_kwargs={
            "load_in_4bit": True,
            "bnb_4bit_quant_type": "nf4",
            "bnb_4bit_use_double_quant": True,
            "bnb_4bit_compute_dtype": torch.bfloat16,
        },
        components_to_quantize=list(components),
    )
