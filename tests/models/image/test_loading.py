"""Pipelines are found, loaded as chosen, and refused with a sentence that helps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from models.errors import ModelUnavailable
from models.image.config import ImageModelConfig
from models.image.engine import assemble
from models.image.loading import load
from models.image.precision import choose_precision, four_bits, weights_type
from models.image.presets import presets
from models.loading import silent
from models.requests import Shape
from tests.models.image.conftest import Saved
from tests.models.image.tiny import Bench, ask, save, stable_diffusion, tiny_preset


def on_cpu(model: object, **changes: Any) -> ImageModelConfig:
    return ImageModelConfig(model=str(model), device="cpu", **changes)


def test_a_folder_without_a_preset_tells_its_own_sizes_and_steps(tmp_path: Path) -> None:
    pipeline = stable_diffusion()
    pipeline.save_pretrained(tmp_path)
    card = load(on_cpu(tmp_path), silent).card
    assert (card.name, card.licence, card.precision) == (tmp_path.name, "unknown", "fp32")
    assert card.sizes == {Shape.SQUARE: (64, 64), Shape.WIDE: (80, 56), Shape.TALL: (56, 80)}
    assert (card.steps, card.guidance, card.edits) == (50, 7.5, "strength")


def test_a_host_may_choose_steps_and_guidance(tmp_path: Path) -> None:
    stable_diffusion().save_pretrained(tmp_path)
    card = load(on_cpu(tmp_path, steps=1, guidance=0.0), silent).card
    assert (card.steps, card.guidance, card.takes_avoid) == (1, 0.0, False)


def test_a_model_that_nobody_has_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match="nobody/nothing cannot be loaded: it is neither a folder"):
        load(on_cpu("nobody/nothing"), silent)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load(on_cpu(tmp_path), silent)


@pytest.mark.parametrize("kind", ["StableAudioPipeline", "WanPipeline", "DDPMPipeline", "NoSuchPipeline", ""])
def test_what_is_no_text_to_image_pipeline_is_refused_before_its_weights_are_read(kind: str, tmp_path: Path) -> None:
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": kind}), encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="no text-to-image pipeline"):
        load(on_cpu(tmp_path), silent)


def test_weights_that_are_cut_off_are_named(tmp_path: Path) -> None:
    stable_diffusion().save_pretrained(tmp_path)
    weights = tmp_path / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load(on_cpu(tmp_path), silent)


def test_a_safety_checker_is_not_loaded_for_it_blackens_pictures(saved: Saved) -> None:
    folder = saved("sd15-lcm")
    index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    assert "safety_checker" in index
    pipeline = load(on_cpu("sd15-lcm"), silent, tiny_preset("sd15-lcm", folder)).drawing
    assert pipeline.safety_checker is None


@pytest.mark.parametrize("name", ["EulerAncestralDiscreteScheduler", "EulerAncestralDiscrete"])
def test_a_scheduler_is_chosen_by_name(saved: Saved, name: str) -> None:
    bench = Bench(tiny_preset("sdxl", saved("sdxl")), scheduler=name)
    assert type(bench.loaded.drawing.scheduler).__name__ == "EulerAncestralDiscreteScheduler"
    first, again = (bench.run(ask("a cat", 1))[0].pictures for _ in range(2))
    assert first == again


@pytest.mark.parametrize("name", ["Magic", "UNet2DConditionModel", "StableDiffusionPipeline"])
def test_a_scheduler_that_is_none_is_refused_with_those_that_are(saved: Saved, name: str) -> None:
    with pytest.raises(ModelUnavailable, match="DDIMScheduler"):
        Bench(tiny_preset("sdxl", saved("sdxl")), scheduler=name)


def test_a_scheduler_that_the_pipeline_cannot_draw_with_is_found_out_at_the_start(saved: Saved) -> None:
    with pytest.raises(ModelUnavailable, match="choose another scheduler"):
        Bench(tiny_preset("flux2-klein-4b", saved("flux2-klein-4b")), scheduler="DDIM")


def test_a_pipeline_whose_numbers_are_none_is_found_out_at_the_start(tmp_path: Path) -> None:
    pipeline = stable_diffusion()
    pipeline.unet.conv_out.weight.data.fill_(torch.nan)
    pipeline.save_pretrained(tmp_path)
    config = on_cpu(tmp_path)
    loaded = load(config, silent)
    with pytest.raises(ModelUnavailable, match="draws nothing in fp32"):
        assemble(loaded, config, lambda _items: None)


def test_blocks_are_compiled_where_a_host_wants_it(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def compile_(module: torch.nn.Module, **options: Any) -> None:
        assert options == {"dynamic": True}
        compiled.append(type(module).__name__)

    monkeypatch.setattr(torch.nn.Module, "compile", compile_)
    load(on_cpu("sdxl", compile=True), silent, tiny_preset("sdxl", saved("sdxl")))
    assert set(compiled) == {"BasicTransformerBlock"}


def test_a_preview_decoder_that_is_not_there_is_named(saved: Saved, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load(on_cpu("sdxl", preview_model=str(tmp_path)), silent, tiny_preset("sdxl", saved("sdxl")))


@pytest.mark.parametrize("precision", ["nf4", "fp16"])
def test_what_only_a_card_can_is_refused_on_the_processor(precision: Any) -> None:
    with pytest.raises(ModelUnavailable, match="on a GPU only"):
        choose_precision(on_cpu("sdxl", precision=precision), presets()["sdxl"], "cpu")


def test_on_a_card_the_presets_precision_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.image.precision.free_and_total", lambda _device: (0, 24 * 2**30))
    auto = ImageModelConfig(model="sdxl")
    assert choose_precision(auto, presets()["sdxl"], "cuda") == "bf16"
    assert choose_precision(auto, presets()["z-image-turbo"], "cuda") == "nf4"
    assert choose_precision(auto, None, "cuda") == "bf16"
    assert choose_precision(ImageModelConfig(precision="fp16"), None, "cuda") == "fp16"


def test_on_the_processor_bf16_is_drawn_with_too(saved: Saved) -> None:
    bench = Bench(tiny_preset("sdxl", saved("sdxl")), precision="bf16")
    assert bench.loaded.drawing.unet.dtype == weights_type("bf16")
    assert bench.run(ask("a cat", 1))[0].pictures


def test_four_bits_are_asked_for_by_component(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    folder = save(tmp_path, "z-image-turbo")

    def stop(_source: str, **options: Any) -> None:
        asked.update(options)
        raise OSError("as far as a machine without a card comes")

    monkeypatch.setattr("diffusers.DiffusionPipeline.from_pretrained", stop)
    monkeypatch.setattr("models.image.loading.choose_device", lambda _wanted: "cuda")
    with pytest.raises(ModelUnavailable):
        load(ImageModelConfig(precision="nf4"), silent, tiny_preset("z-image-turbo", folder))
    chosen = asked["quantization_config"]
    assert chosen.components_to_quantize == ["transformer", "text_encoder"]
    assert vars(chosen) == vars(four_bits(("transformer", "text_encoder")))
    assert chosen.quant_kwargs["bnb_4bit_quant_type"] == "nf4"
    assert asked["dtype"] == torch.bfloat16


def test_a_pipeline_is_moved_with_all_its_parts(saved: Saved) -> None:
    loaded = load(on_cpu("sdxl"), silent, tiny_preset("sdxl", saved("sdxl")))
    assert loaded.changing is not None
    loaded.move("meta")
    assert {part.device.type for part in loaded.changing.components.values() if hasattr(part, "device")} == {"meta"}


def test_a_pipeline_that_is_parked_gives_its_devices_memory_back(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(on_cpu("sdxl"), silent, tiny_preset("sdxl", saved("sdxl")))
    loaded = replace(loaded, card=replace(loaded.card, device="cuda"))
    moved: list[str] = []
    monkeypatch.setattr(type(loaded.drawing), "to", lambda _pipeline, device: moved.append(f"weights to {device}"))
    monkeypatch.setattr("models.image.loading.give_back", lambda device: moved.append(f"room of {device} given back"))
    loaded.move("cpu")
    loaded.move("cuda")
    assert moved == ["weights to cpu", "room of cuda given back", "weights to cuda"]
