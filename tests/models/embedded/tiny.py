"""A pipeline like the small picture model's, with a few thousand random weights."""

from __future__ import annotations

from typing import Any

import torch

from models.embedded.pipeline import EmojiPipeline

WIDTH = 16
SIDE = 32


def library(name: str) -> Any:
    """Import one of the untyped libraries late, as the house does."""
    from importlib import import_module

    return import_module(name)


def tiny_pipeline() -> Any:
    """Build one that draws 32 px: 16 px of latents, enlarged twice."""
    torch.manual_seed(0)
    diffusers, transformers = library("diffusers"), library("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "red", "apple", "cat", "dog"]
    tokenizer = transformers.BertTokenizer(vocab={word: n for n, word in enumerate(words)})
    reader = transformers.BertConfig(
        vocab_size=len(words), hidden_size=WIDTH, num_hidden_layers=1, num_attention_heads=2, intermediate_size=WIDTH
    )
    unet = diffusers.UNet2DConditionModel(
        sample_size=4, in_channels=48, out_channels=48, block_out_channels=(8, 16), layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=WIDTH, attention_head_dim=2, norm_num_groups=4,
        class_embed_type="projection", projection_class_embeddings_input_dim=WIDTH,
    )  # fmt: skip
    vae = diffusers.AutoencoderTiny(
        latent_channels=3, encoder_block_out_channels=(3, 3), num_encoder_blocks=(0, 0),
        decoder_block_out_channels=(8, 8), num_decoder_blocks=(1, 0),
    )  # fmt: skip
    pipeline: Any = EmojiPipeline(
        vae=vae.eval(),
        unet=unet.eval(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=2.0),
        text_encoder=transformers.BertModel(reader).eval(),
        tokenizer=tokenizer,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def seeded(seed: int) -> torch.Generator:
    """Return the generator of one picture."""
    return torch.Generator().manual_seed(seed)
