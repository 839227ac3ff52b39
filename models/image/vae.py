"""A vae that works in bounded pieces."""

from __future__ import annotations

from typing import Any

STRIDE = 0.75


def cut(vae: Any, tile_px: int) -> None:
    """Have a vae work on one picture at a time, and on large ones in tiles of `tile_px`.

    `AutoencoderTiny` is fast and is not cut: its tiles know of no enlargement but eight times.
    """
    from diffusers import AutoencoderTiny

    if hasattr(vae, "use_slicing"):
        vae.use_slicing = True
    if isinstance(vae, AutoencoderTiny):
        return
    if hasattr(vae, "tile_latent_min_size"):  # the family of AutoencoderKL
        enlarged = 2 ** (len(vae.config.block_out_channels) - 1)
        vae.use_tiling, vae.tile_sample_min_size, vae.tile_latent_min_size = True, tile_px, tile_px // enlarged
    elif hasattr(vae, "tile_sample_stride_height"):
        vae.use_tiling = True
        vae.tile_sample_min_height = vae.tile_sample_min_width = tile_px
        vae.tile_sample_stride_height = vae.tile_sample_stride_width = int(tile_px * STRIDE)
