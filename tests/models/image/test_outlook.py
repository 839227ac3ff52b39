"""What is said of a pipeline's needs before it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import ModelUnavailable
from models.hardware import GIB
from models.image.config import ImageModelConfig, Precision
from models.image.loading import load
from models.image.outlook import ImageOutlook, outlook
from models.image.presets import presets
from models.loading import silent
from tests.models.image.tiny import stable_diffusion

FITTING = [(name, gib) for name, preset in presets().items() for gib in preset.precisions if preset.millions]


def on_a_card(monkeypatch: pytest.MonkeyPatch, model: str, gib: int) -> ImageOutlook:
    monkeypatch.setattr("models.image.outlook.choose_device", lambda _wanted: "cuda")
    monkeypatch.setattr("models.image.precision.free_and_total", lambda _device: (0, gib * GIB))
    return outlook(ImageModelConfig(model=model))


def needed(seen: ImageOutlook) -> float:
    assert seen.weight_bytes is not None
    return (seen.weight_bytes + seen.working_bytes) / GIB


def test_the_weights_take_what_was_said_before_they_were_loaded(tmp_path: Path) -> None:
    stable_diffusion().save_pretrained(tmp_path)
    config = ImageModelConfig(model=str(tmp_path), device="cpu")
    parts = load(config, silent).drawing.components.values()
    weights = [weight.nbytes for part in parts if hasattr(part, "parameters") for weight in part.parameters()]
    assert outlook(config).weight_bytes == pytest.approx(sum(weights), rel=0.01)


@pytest.mark.parametrize(("name", "gib"), FITTING)
def test_a_preset_leaves_the_language_model_its_place_on_its_cards(
    monkeypatch: pytest.MonkeyPatch, name: str, gib: int
) -> None:
    assert needed(on_a_card(monkeypatch, name, gib)) < gib - 9


@pytest.mark.parametrize(("precision", "gib"), [("fp32", 34.0), ("bf16", 17.0), ("nf4", 4.6)])
def test_the_precision_decides(monkeypatch: pytest.MonkeyPatch, precision: Precision, gib: float) -> None:
    monkeypatch.setattr("models.image.outlook.choose_device", lambda _wanted: "cuda")
    seen = outlook(ImageModelConfig(model="flux2-klein-4b", precision=precision))
    assert seen.weight_bytes is not None
    assert seen.weight_bytes / 1e9 == pytest.approx(gib, rel=0.1)


def test_more_pictures_at_once_take_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.image.outlook.choose_device", lambda _wanted: "cuda")
    one, four = (outlook(ImageModelConfig("sdxl", "bf16", batch=batch)).working_bytes for batch in (1, 4))
    assert one < four


def test_of_a_model_that_is_not_here_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    seen = outlook(ImageModelConfig(model="nobody/nothing", device="cpu"))
    assert (seen.name, seen.weight_bytes) == ("nothing", None)


def test_what_this_device_cannot_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelUnavailable, match="on a GPU only"):
        outlook(ImageModelConfig(model="sdxl", device="cpu", precision="nf4"))
