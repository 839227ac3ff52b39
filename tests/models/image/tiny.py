"""Pipelines of a few thousand random weights, one of each family that has a preset, saved like real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.events import Drawn, DrawnPicture, Preview, StepDone
from models.image.config import ImageModelConfig
from models.image.drawing import Drawing
from models.image.engine import ImageEngine, assemble
from models.image.loading import load
from models.image.presets import Preset, presets
from models.image.siblings import denoiser
from models.loading import silent
from models.outbox import Item
from models.requests import ImageRequest, Shape

SIDE = 64
SIZES = {Shape.SQUARE: (SIDE, SIDE), Shape.WIDE: (96, SIDE), Shape.TALL: (SIDE, 96)}
CHAT = "{% for message in messages %}{{ message['content'] }}{% endfor %}"


def diffusers_() -> Any:
    import diffusers

    return diffusers


def transformers_() -> Any:
    import transformers

    return transformers


def _letters() -> list[str]:
    from tokenizers import pre_tokenizers

    return sorted(pre_tokenizers.ByteLevel.alphabet())


def _clip_tokenizer() -> Any:
    words = ["<|startoftext|>", "<|endoftext|>", *_letters(), *(f"{letter}</w>" for letter in _letters())]
    vocab = {word: n for n, word in enumerate(words)}
    return transformers_().CLIPTokenizer(vocab=vocab, merges=[], model_max_length=77)


def _qwen_tokenizer() -> Any:
    vocab = {word: n for n, word in enumerate([*_letters(), "<|endoftext|>"])}
    tokenizer = transformers_().Qwen2Tokenizer(vocab=vocab, merges=[])
    tokenizer.chat_template = CHAT
    return tokenizer


def _clip_encoder(tokenizer: Any, *, projects: bool = False) -> Any:
    library = transformers_()
    config = library.CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
        projection_dim=32, bos_token_id=0, eos_token_id=1, pad_token_id=1, hidden_act="gelu",
    )  # fmt: skip
    return (library.CLIPTextModelWithProjection if projects else library.CLIPTextModel)(config)


def _qwen_encoder(tokenizer: Any, layers: int) -> Any:
    library = transformers_()
    config = library.Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=16, num_hidden_layers=layers,
        num_attention_heads=2, num_key_value_heads=1, head_dim=8, max_position_embeddings=512,
        tie_word_embeddings=True,
    )  # fmt: skip
    return library.Qwen3ForCausalLM(config)


def _vae(kind: str = "AutoencoderKL", **changes: Any) -> Any:
    settings = {
        "block_out_channels": (8, 8, 16, 16), "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4, "layers_per_block": 1, "norm_num_groups": 4,
        "latent_channels": 4, "sample_size": 64,
    }  # fmt: skip
    return getattr(diffusers_(), kind)(**(settings | changes)).eval()


def _unet(**changes: Any) -> Any:
    settings = {
        "block_out_channels": (8, 16), "layers_per_block": 1, "sample_size": 8, "norm_num_groups": 4,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"), "cross_attention_dim": 32,
        "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"), "attention_head_dim": 4,
    }  # fmt: skip
    return diffusers_().UNet2DConditionModel(**(settings | changes)).eval()


def stable_diffusion() -> Any:
    """Build a tiny Stable Diffusion."""
    tokenizer = _clip_tokenizer()
    scheduler = diffusers_().PNDMScheduler(
        beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, skip_prk_steps=True, steps_offset=1
    )
    return diffusers_().StableDiffusionPipeline(
        vae=_vae(), text_encoder=_clip_encoder(tokenizer), tokenizer=tokenizer, unet=_unet(), scheduler=scheduler,
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


def sdxl() -> Any:
    """Build a tiny SDXL."""
    tokenizer, second = _clip_tokenizer(), _clip_tokenizer()
    unet = _unet(
        cross_attention_dim=64, addition_embed_type="text_time", addition_time_embed_dim=8, attention_head_dim=(2, 4),
        projection_class_embeddings_input_dim=32 + 6 * 8, use_linear_projection=True, transformer_layers_per_block=1,
    )  # fmt: skip
    scheduler = diffusers_().EulerDiscreteScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)
    return diffusers_().StableDiffusionXLPipeline(
        vae=_vae(scaling_factor=0.13025), unet=unet, scheduler=scheduler, tokenizer=tokenizer, tokenizer_2=second,
        text_encoder=_clip_encoder(tokenizer), text_encoder_2=_clip_encoder(second, projects=True),
    )  # fmt: skip


def klein() -> Any:
    """Build a tiny FLUX.2 klein; it reads the states of layers 9, 18 and 27."""
    tokenizer = _qwen_tokenizer()
    transformer = diffusers_().Flux2Transformer2DModel(
        in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=48, timestep_guidance_channels=16, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    return diffusers_().Flux2KleinPipeline(
        scheduler=diffusers_().FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=_vae("AutoencoderKLFlux2", patch_size=(2, 2)), text_encoder=_qwen_encoder(tokenizer, 28),
        tokenizer=tokenizer, transformer=transformer.eval(), is_distilled=True,
    )  # fmt: skip


def z_image() -> Any:
    """Build a tiny Z-Image."""
    tokenizer = _qwen_tokenizer()
    transformer = diffusers_().ZImageTransformer2DModel(
        in_channels=16, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=16,
        axes_dims=[4, 6, 6], axes_lens=[512, 64, 64],
    )  # fmt: skip
    return diffusers_().ZImagePipeline(
        scheduler=diffusers_().FlowMatchEulerDiscreteScheduler(shift=3.0),
        vae=_vae(latent_channels=16, use_quant_conv=False, use_post_quant_conv=False, shift_factor=0.1),
        text_encoder=_qwen_encoder(tokenizer, 2), tokenizer=tokenizer, transformer=transformer.eval(),
    )  # fmt: skip


FAMILIES: dict[str, Callable[[], Any]] = {
    "sd15-lcm": stable_diffusion,
    "sdxl": sdxl,
    "flux2-klein-4b": klein,
    "z-image-turbo": z_image,
}


def save(folder: Path, name: str = "sdxl") -> Path:
    """Save a tiny random pipeline of a preset's family, as its repository would hold it."""
    import torch

    from models.image.loading import quiet

    quiet()
    torch.manual_seed(3)
    pipeline = FAMILIES[name]()
    pipeline.save_pretrained(folder, variant=presets()[name].loading.get("variant"))
    return folder


def tiny_preset(name: str, folder: Path, **changes: Any) -> Preset:
    """Take a preset as it is, but with tiny weights and pictures of 64 px."""
    settings: dict[str, Any] = {"model": str(folder), "sizes": SIZES, "largest": (128, 128), "lora": None}
    return replace(presets()[name], **(settings | changes))


def alike(some: Sequence[DrawnPicture], others: Sequence[DrawnPicture]) -> bool:
    """Tell whether pictures are the same but for rounding, which depends on how many are drawn together."""
    pairs = zip(some, others, strict=True)
    return all(max(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True)) <= 1 for one, other in pairs)


def ask(prompt: str = "a lighthouse", *seeds: int, **changes: Any) -> ImageRequest:
    """Ask for pictures of 64 px."""
    settings: dict[str, Any] = {"width": SIDE, "height": SIDE, "steps": 3} | changes
    return ImageRequest("r", prompt, seeds or (1,), **settings)


class Clock:
    """A clock that goes on by itself at each look, so that no test waits."""

    def __init__(self, tick_s: float = 0.01) -> None:
        self.now = 0.0
        self.tick_s = tick_s

    def __call__(self) -> float:
        self.now += self.tick_s
        return self.now


class Bench:
    """The picture engine without its thread: a test makes every step itself and sees what was said to whom."""

    def __init__(self, preset: Preset, **changes: Any) -> None:
        config = ImageModelConfig(model=preset.name, device="cpu", **changes)
        self.heard: dict[int, list[Item]] = {}
        self.loaded = load(config, silent, preset)
        self.engine: ImageEngine = assemble(self.loaded, config, self._hear)
        self.batch = self.engine.batch
        self.clock = Clock()
        self.batch._clock = self.clock

    def _hear(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            self.heard.setdefault(ticket, []).append(item)

    def submit(self, request: ImageRequest) -> int:
        """Put a request in and return its ticket."""
        ticket = len(self.heard)
        drawing: Drawing = self.engine.drawing(ticket, request)
        self.heard[ticket] = []
        self.batch.submit(drawing)
        return ticket

    def run(self, *requests: ImageRequest) -> list[Drawn]:
        """Work on requests at the same time until all are done."""
        tickets = [self.submit(request) for request in requests]
        self.finish()
        return [self.end(ticket) for ticket in tickets]

    def finish(self) -> None:
        """Make all steps that are left."""
        while self.batch.step():
            pass

    def end(self, ticket: int) -> Drawn:
        """Return how a request ended."""
        last = self.heard[ticket][-1]
        assert isinstance(last, Drawn), last
        return last

    def steps(self, ticket: int) -> list[tuple[int, int]]:
        """Return the steps that were told."""
        return [(item.step, item.steps) for item in self.heard[ticket] if isinstance(item, StepDone)]

    def previews(self, ticket: int) -> list[bytes]:
        """Return the previews that were shown."""
        return [item.jpeg for item in self.heard[ticket] if isinstance(item, Preview)]


def save_lora(folder: Path, of: Path, *, strength: float = 3.0) -> Path:
    """Save a random LoRA for the network of a saved pipeline."""
    import torch
    from peft import LoraConfig, get_peft_model_state_dict

    pipeline = diffusers_().DiffusionPipeline.from_pretrained(of, **_variant_in(of))
    network = denoiser(pipeline)
    torch.manual_seed(5)
    network.add_adapter(LoraConfig(r=4, target_modules=["to_q", "to_v"], init_lora_weights=False))
    weights = {name: tensor * strength for name, tensor in get_peft_model_state_dict(network).items()}
    which = "unet" if hasattr(pipeline, "unet") else "transformer"
    pipeline.save_lora_weights(folder, **{f"{which}_lora_layers": weights})
    return folder


def _variant_in(folder: Path) -> dict[str, Any]:
    return {"variant": "fp16"} if list(folder.rglob("*.fp16.safetensors")) else {}
