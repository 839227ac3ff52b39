"""What is said of the device and of a model's needs before the model is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import ModelUnavailable
from models.hardware import MIB
from models.loading import silent
from models.text.config import Precision, TextModelConfig
from models.text.loading import load
from models.text.outlook import outlook
from tests.models.tiny import save_tiny, tiny_config


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("tiny"))


def needed(folder: Path, precision: Precision) -> int:
    weight_bytes = outlook(tiny_config(folder, precision=precision)).weight_bytes
    assert weight_bytes is not None
    return weight_bytes


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_the_weights_take_what_was_said_before_they_were_loaded(tiny: Path, precision: Precision) -> None:
    model = load(tiny_config(tiny, precision=precision), silent).model
    assert needed(tiny, precision) == sum(weights.nbytes for weights in model.parameters())


def test_four_bits_are_reckoned_for_what_is_rounded_and_not_for_what_stays_whole(tiny: Path) -> None:
    model = load(tiny_config(tiny, precision="nf4"), silent).model
    assert needed(tiny, "nf4") == pytest.approx(model.get_memory_footprint(), rel=0.05)
    assert needed(tiny, "nf4") < needed(tiny, "bf16")


def test_a_bound_for_keys_and_values_is_needed_too(tiny: Path) -> None:
    assert outlook(tiny_config(tiny, kv_memory_mib=64)).cache_bytes == 64 * MIB


def test_of_a_model_that_is_not_here_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    assert outlook(TextModelConfig(model=str(tmp_path), device="cpu")).weight_bytes is None
    assert outlook(TextModelConfig(cache_dir=tmp_path / "none", device="cpu")).weight_bytes is None


def test_the_processor_is_said_with_its_threads_and_main_memory(tiny: Path) -> None:
    seen = outlook(tiny_config(tiny, threads=3))
    assert (seen.device, seen.threads) == ("cpu", 3)
    assert 0 < seen.free_bytes < seen.total_bytes


def test_a_card_is_said_with_its_name_and_its_own_memory(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.get_device_name", lambda: "Card 9000")
    monkeypatch.setattr("torch.cuda.mem_get_info", lambda: (5 * MIB, 8 * MIB))
    seen = outlook(tiny_config(tiny, device="auto"))
    assert (seen.device, seen.name, seen.free_bytes, seen.total_bytes) == ("cuda", "Card 9000", 5 * MIB, 8 * MIB)


def test_a_card_that_does_not_answer_is_named(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise RuntimeError("CUDA error: out of memory")

    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.get_device_name", refuse)
    with pytest.raises(ModelUnavailable, match="does not answer"):
        outlook(tiny_config(tiny, device="cuda"))
