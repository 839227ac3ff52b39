"""Models by their shape alone, saved with random weights as a hub holds them, so that the real loading code runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class LanguageShape:
    """The shape of a language model, by default that of Llama 3 8B."""

    hidden: int = 4096
    intermediate: int = 14336
    layers: int = 32
    heads: int = 32
    kv_heads: int = 8
    vocabulary: int = 128_256
    window: int = 8192


@dataclass(frozen=True, slots=True)
class PictureShape:
    """The shape of a pipeline of SDXL's family, by default SDXL's own; sizes of text encoders are (hidden, layers)."""

    channels: tuple[int, ...] = (320, 640, 1280)
    attention: tuple[int, ...] = (5, 10, 20)
    transformers: tuple[int, ...] = (1, 2, 10)
    groups: int = 32
    time_embedding: int = 256
    side_px: int = 1024
    decoder: tuple[int, ...] = (128, 256, 512, 512)
    encoders: tuple[tuple[int, int], tuple[int, int]] = ((768, 12), (1280, 32))


def save_language_model(folder: Path, shape: LanguageShape, tokenizer: Any, device: str) -> None:
    """Save a model of this shape; its window and vocabulary are larger than the tokenizer needs."""
    import torch
    from transformers import AutoModelForCausalLM, LlamaConfig

    make: Any = LlamaConfig
    config = make(
        hidden_size=shape.hidden, intermediate_size=shape.intermediate, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.kv_heads, vocab_size=shape.vocabulary,
        max_position_embeddings=shape.window, bos_token_id=None, eos_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    build: Any = AutoModelForCausalLM
    with torch.device(device):
        model = build.from_config(config, dtype=torch.bfloat16)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def save_pipeline(folder: Path, shape: PictureShape, device: str) -> None:
    """Save a pipeline of this shape, with a tokenizer that knows letters only."""
    import diffusers
    import torch

    library: Any = diffusers
    with torch.device(device):
        first, second = (_encoder(hidden, layers) for hidden, layers in shape.encoders)
        unet, vae = library.UNet2DConditionModel(**_unet(shape)), library.AutoencoderKL(**_vae(shape))
    pipeline = library.StableDiffusionXLPipeline(
        vae=vae, unet=unet, text_encoder=first, text_encoder_2=second, tokenizer=_tokenizer(), tokenizer_2=_tokenizer(),
        scheduler=library.EulerDiscreteScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012),
    )  # fmt: skip
    pipeline.to(torch.bfloat16).save_pretrained(folder)


def _unet(shape: PictureShape) -> dict[str, Any]:
    blocks = len(shape.channels) - 1
    pooled = shape.encoders[1][0]
    return {
        "block_out_channels": shape.channels,
        "down_block_types": ("DownBlock2D", *["CrossAttnDownBlock2D"] * blocks),
        "up_block_types": (*["CrossAttnUpBlock2D"] * blocks, "UpBlock2D"),
        "transformer_layers_per_block": shape.transformers,
        "attention_head_dim": shape.attention,
        "cross_attention_dim": sum(hidden for hidden, _ in shape.encoders),
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": shape.time_embedding,
        "projection_class_embeddings_input_dim": pooled + 6 * shape.time_embedding,
        "norm_num_groups": shape.groups,
        "sample_size": shape.side_px // 2 ** (len(shape.decoder) - 1),
    }


def _vae(shape: PictureShape) -> dict[str, Any]:
    blocks = len(shape.decoder)
    return {
        "block_out_channels": shape.decoder,
        "down_block_types": ("DownEncoderBlock2D",) * blocks,
        "up_block_types": ("UpDecoderBlock2D",) * blocks,
        "layers_per_block": 2,
        "norm_num_groups": shape.groups,
        "latent_channels": 4,
        "sample_size": shape.side_px,
        "scaling_factor": 0.13025,
        "force_upcast": False,  # bf16 does not overflow
    }


def _encoder(hidden: int, layers: int) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection

    make: Any = CLIPTextConfig
    config = make(
        vocab_size=len(_tokenizer()), hidden_size=hidden, intermediate_size=4 * hidden, num_hidden_layers=layers,
        num_attention_heads=max(1, hidden // 64), projection_dim=hidden, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    return CLIPTextModelWithProjection(config)


def _tokenizer() -> Any:
    from tokenizers import pre_tokenizers
    from transformers import CLIPTokenizer

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{letter}</w>" for letter in letters)]
    make: Any = CLIPTokenizer
    return make(vocab={word: n for n, word in enumerate(words)}, merges=[], model_max_length=77)
