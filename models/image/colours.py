"""The colours of latents, by a linear map that is fitted to the pipeline's own vae."""

from __future__ import annotations

from itertools import product
from typing import Any

import torch
from torch.nn.functional import pixel_unshuffle

LEVELS = (0.0, 0.33, 0.67, 1.0)
PATCH_PX = 64


class Colours:
    """Turn latents into colours.

    The vae encodes patches of even colour, and the map that leads back from those is fitted by least squares, the
    smallest of all that do; directions that carry no colour stay out of it. So every vae is served without a table.
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._maps: dict[int, Any] = {}

    def of(self, latents: Any) -> Any:
        """Turn latents [N, channels, h, w] into colours [N, 3, h, w], about 0 to 1."""
        channels = latents.shape[1]
        if channels not in self._maps:
            self._maps[channels] = self._fit(channels)
        mapping = self._maps[channels].to(latents.device)
        return torch.einsum("nchw,cd->ndhw", latents.float(), mapping[:-1]) + mapping[-1].view(1, 3, 1, 1)

    @torch.no_grad()
    def _fit(self, channels: int) -> Any:
        """Return the map [channels + 1, 3]; grey where the vae's latents are of another kind."""
        colours = torch.tensor(list(product(LEVELS, repeat=3)))
        seen = self._seen(colours, channels)
        if seen is None or not torch.isfinite(seen).all():
            return torch.cat([torch.full((channels, 3), 1 / (4 * channels)), torch.full((1, 3), 0.5)])
        known = torch.cat([seen.double(), torch.ones(len(seen), 1, dtype=torch.double)], dim=1)
        return torch.linalg.lstsq(known, colours.double(), driver="gelsd").solution.float()

    def _seen(self, colours: Any, channels: int) -> Any | None:
        """Let the vae see colours [N, 3]; return the middle latents [N, channels] of each."""
        vae = self._pipeline.vae
        kept = vae.dtype
        vae.to(torch.float32)  # some overflow in fp16
        try:
            patches = colours.to(vae.device).mul(2).sub(1).view(-1, 3, 1, 1).expand(-1, -1, PATCH_PX, PATCH_PX)
            latents = self._encoded(patches)
        except (AttributeError, RuntimeError, TypeError, ValueError):  # a vae of another kind
            return None
        finally:
            vae.to(kept)
        if latents.shape[1] * 4 == channels:
            latents = pixel_unshuffle(latents, 2)
        if latents.shape[1] != channels:
            return None
        return latents[:, :, latents.shape[2] // 2, latents.shape[3] // 2].cpu()

    def _encoded(self, pixels: Any) -> Any:
        """Encode pictures as the pipeline's latents are: shifted and scaled."""
        pipeline, vae = self._pipeline, self._pipeline.vae
        if hasattr(pipeline, "_encode_vae_image"):
            return pipeline._encode_vae_image(image=pixels, generator=None)
        latents = vae.encode(pixels).latent_dist.mode()
        return (latents - (vae.config.get("shift_factor") or 0)) * vae.config.scaling_factor
