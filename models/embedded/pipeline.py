"""The small picture model as a diffusers pipeline: a prompt becomes a picture of one thing on white paper."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from diffusers import AutoencoderTiny, FlowMatchEulerDiscreteScheduler, UNet2DConditionModel
from diffusers.image_processor import VaeImageProcessor
from diffusers.pipelines.pipeline_utils import DiffusionPipeline, ImagePipelineOutput
from diffusers.utils.torch_utils import randn_tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from models.embedded.paper import PATCH, framed, on_paper, pixels, unframed
from models.embedded.words import Words, encode

Generators = torch.Generator | list[torch.Generator] | None
Callback = Callable[[Any, int, torch.Tensor, dict[str, Any]], dict[str, Any]]
STEPS = 16
GUIDANCE = 3.0


class EmojiPipeline(DiffusionPipeline):
    """Draw what a prompt names.

    The network predicts the clean picture; its latents are 4 × 4 patches of a 64 px picture, [N, 48, 16, 16]. The vae's
    decoder enlarges that picture four times. The model knows squares: wider and taller paper stays white at the sides.
    """

    vae: Any
    unet: Any
    scheduler: Any
    text_encoder: Any
    tokenizer: Any
    model_cpu_offload_seq: Any = "text_encoder->unet->vae"
    _callback_tensor_inputs = ("latents", "pred_original_sample")

    def __init__(
        self,
        vae: AutoencoderTiny,
        unet: UNet2DConditionModel,
        scheduler: FlowMatchEulerDiscreteScheduler,
        text_encoder: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
    ) -> None:
        super().__init__()
        parts = {"vae": vae, "unet": unet, "scheduler": scheduler, "text_encoder": text_encoder, "tokenizer": tokenizer}
        self.register_modules(**parts)  # type: ignore[no-untyped-call]
        self.vae_scale_factor = 2 ** (len(self.vae.config.decoder_block_out_channels) - 1)
        self.image_processor = VaeImageProcessor(vae_scale_factor=self.vae_scale_factor)
        self._interrupt = False

    @property
    def side(self) -> int:
        """The side in px of the square that is drawn."""
        side: int = self.unet.config.sample_size * PATCH * self.vae_scale_factor
        return side

    @property
    def interrupt(self) -> bool:
        """Whether the remaining steps are to be left out."""
        return self._interrupt

    def preview(self, latents: torch.Tensor, width: int, height: int) -> torch.Tensor:
        """Show latents [48, S, S], best a `pred_original_sample`'s, on their paper, as bytes [3, height/4, width/4]."""
        small = height // self.vae_scale_factor, width // self.vae_scale_factor
        laid = self._laid(pixels(latents.float()[None]), *small)[0]
        return laid.add(1).mul(127.5).round().clamp(0, 255).to(torch.uint8)

    @torch.no_grad()
    def __call__(
        self,
        prompt: str | list[str],
        negative_prompt: str | list[str] | None = None,
        height: int | None = None,
        width: int | None = None,
        num_inference_steps: int = STEPS,
        guidance_scale: float = GUIDANCE,
        num_images_per_prompt: int = 1,
        generator: Generators = None,
        latents: torch.Tensor | None = None,
        output_type: str = "pil",
        return_dict: bool = True,
        callback_on_step_end: Callback | None = None,
        callback_on_step_end_tensor_inputs: Sequence[str] = ("latents",),
    ) -> ImagePipelineOutput | tuple[Any]:
        """Draw `num_images_per_prompt` pictures a prompt; the noise comes from each picture's generator alone."""
        paper = self._paper(height, width)
        words = self.encode_prompt(prompt, negative_prompt, num_images_per_prompt, guidance_scale > 1)
        self.scheduler.set_timesteps(num_inference_steps, device=self._execution_device)
        if latents is None:
            latents = self._noise(words.count // (2 if guidance_scale > 1 else 1), generator)
        told = (callback_on_step_end, callback_on_step_end_tensor_inputs)
        latents = self._denoise(latents, self.scheduler.timesteps, words, guidance_scale, *told)
        return self._finish(latents, paper, output_type, return_dict)

    def encode_prompt(
        self, prompt: str | list[str], negative_prompt: str | list[str] | None, times: int, is_guided: bool
    ) -> Words:
        """Read the prompts, each `times` in a row; where guided, what to avoid comes before them."""
        wanted = [prompt] if isinstance(prompt, str) else list(prompt)
        words = encode(wanted, self.tokenizer, self.text_encoder).to(self.unet.dtype).repeated(times)
        if not is_guided:
            return words
        avoided = [negative_prompt or ""] * len(wanted) if not isinstance(negative_prompt, list) else negative_prompt
        if len(avoided) != len(wanted):
            raise ValueError(f"{len(avoided)} negative prompts were given for {len(wanted)} prompts")
        unwanted = encode(avoided, self.tokenizer, self.text_encoder).to(self.unet.dtype).repeated(times)
        return Words.joined([unwanted, words])

    def _paper(self, height: int | None, width: int | None) -> tuple[int, int]:
        paper = (height or self.side, width or self.side)
        if min(paper) < self.side:
            raise ValueError(f"the paper has to be at least {self.side} px high and wide, not {paper[0]} × {paper[1]}")
        return paper

    def _laid(self, squares: torch.Tensor, height: int, width: int) -> torch.Tensor:
        return on_paper(squares, height, width)

    def _noise(self, count: int, generator: Generators) -> torch.Tensor:
        size = self.unet.config.sample_size
        shape = (count, self.unet.config.in_channels, size, size)
        where, kind = self._execution_device, self.unet.dtype
        noise: torch.Tensor = randn_tensor(shape, generator=generator, device=where, dtype=kind)
        return noise

    def _denoise(
        self,
        latents: torch.Tensor,
        timesteps: torch.Tensor,
        words: Words,
        guidance: float,
        callback: Callback | None,
        callback_inputs: Sequence[str],
    ) -> torch.Tensor:
        self._interrupt = False
        with self.progress_bar(total=len(timesteps)) as bar:
            for step, timestep in enumerate(timesteps):
                if self.interrupt:
                    break
                clean = self._predict(latents, timestep, words, guidance)
                velocity = (latents - clean) / (timestep / self.scheduler.config.num_train_timesteps)
                latents = self.scheduler.step(velocity, timestep, latents, return_dict=False)[0]
                if callback is not None:
                    tensors = {"latents": latents, "pred_original_sample": clean}
                    chosen = {name: tensors[name] for name in callback_inputs}
                    latents = (callback(self, step, timestep, chosen) or {}).get("latents", latents)
                bar.update()
        return latents

    def _predict(self, latents: torch.Tensor, timestep: torch.Tensor, words: Words, guidance: float) -> torch.Tensor:
        """Predict the clean picture, led away from what is to be avoided by `guidance`."""
        times = words.count // len(latents)
        clean = self.unet(
            latents.repeat(times, 1, 1, 1),
            timestep,
            words.states,
            class_labels=words.mean,
            encoder_attention_mask=words.mask,
        ).sample
        if times == 2:
            avoided, wanted = clean.chunk(2)
            clean = avoided + guidance * (wanted - avoided)
        within: torch.Tensor = clean.clamp(-1, 1)
        return within

    def _finish(
        self, latents: torch.Tensor, paper: tuple[int, int], output_type: str, return_dict: bool
    ) -> ImagePipelineOutput | tuple[Any]:
        if output_type == "latent":
            images: Any = latents
        else:
            squares = framed(pixels(latents).to(self.vae.dtype))
            drawn = self.vae.decode(squares, return_dict=False)[0]
            drawn = unframed(drawn, drawn.shape[-1] // squares.shape[-1])
            images = self.image_processor.postprocess(self._laid(drawn, *paper).clamp(-1, 1), output_type)
        self.maybe_free_model_hooks()  # type: ignore[no-untyped-call]
        return ImagePipelineOutput(images=images) if return_dict else (images,)
