"""The small picture model's second way: begin from a picture instead of from noise alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from diffusers.pipelines.pipeline_utils import ImagePipelineOutput
from PIL import Image

from models.embedded.paper import cut_out, patches, whole_on_squares
from models.embedded.pipeline import GUIDANCE, STEPS, Callback, EmojiPipeline, Generators

STRENGTH = 0.6


class EmojiImg2ImgPipeline(EmojiPipeline):
    """Draw what a prompt names over a picture, keeping the more of it the lower `strength` is.

    A wide or tall picture lies on the square that the model knows; what comes back is cut out of it again.
    """

    @torch.no_grad()
    def __call__(  # type: ignore[override]  # diffusers' classes for the two ways are called differently
        self,
        prompt: str | list[str],
        image: Image.Image | Sequence[Image.Image],
        strength: float = STRENGTH,
        negative_prompt: str | list[str] | None = None,
        height: int | None = None,
        width: int | None = None,
        num_inference_steps: int = STEPS,
        guidance_scale: float = GUIDANCE,
        num_images_per_prompt: int = 1,
        generator: Generators = None,
        output_type: str = "pil",
        return_dict: bool = True,
        callback_on_step_end: Callback | None = None,
        callback_on_step_end_tensor_inputs: Sequence[str] = ("latents",),
    ) -> ImagePipelineOutput | tuple[Any]:
        """Draw over one picture, or over one a prompt; of the steps only the last `strength` are taken."""
        if not 0 <= strength <= 1:
            raise ValueError(f"strength goes from 0 to 1, not {strength}")
        paper = self._paper(height, width)
        words = self.encode_prompt(prompt, negative_prompt, num_images_per_prompt, guidance_scale > 1)
        timesteps = self._last_timesteps(num_inference_steps, strength)
        begun = self._begin(image, paper, words.count // (2 if guidance_scale > 1 else 1), timesteps, generator)
        told = (callback_on_step_end, callback_on_step_end_tensor_inputs)
        latents = self._denoise(begun, timesteps, words, guidance_scale, *told)
        return self._finish(latents, paper, output_type, return_dict)

    def _laid(self, squares: torch.Tensor, height: int, width: int) -> torch.Tensor:
        return cut_out(squares, height, width)

    def _last_timesteps(self, steps: int, strength: float) -> torch.Tensor:
        self.scheduler.set_timesteps(steps, device=self._execution_device)
        left_out = steps - max(1, round(steps * strength))
        self.scheduler.set_begin_index(left_out)
        last: torch.Tensor = self.scheduler.timesteps[left_out:]
        return last

    def _begin(
        self,
        image: Image.Image | Sequence[Image.Image],
        paper: tuple[int, int],
        count: int,
        timesteps: torch.Tensor,
        generator: Generators,
    ) -> torch.Tensor:
        """Return the pictures as latents with as much noise as the first step expects."""
        squares = self.image_processor.preprocess(whole_on_squares(image, self.side, *paper))
        seen = self.vae.encode(squares.to(self._execution_device, self.vae.dtype), return_dict=False)[0]
        clean = patches(seen.to(self.unet.dtype)).repeat_interleave(count // len(seen), dim=0)
        noise = self._noise(count, generator)
        begun: torch.Tensor = self.scheduler.scale_noise(clean, timesteps[:1].expand(count), noise)
        return begun
