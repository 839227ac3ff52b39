"""The check command on the device and the models: whether they fit, who is parked, and what each can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import check_engine as check
from bot.settings import Settings
from models.engine import ImageCard, ModelCard
from models.hardware import GIB
from models.outlook import DeviceOutlook
from models.parking import Tenant, plan
from models.requests import Shape
from models.text.outlook import Outlook
from tests.scripted import ScriptedEngine

TEXT, PICTURES = Tenant("text", 5 * GIB, GIB), Tenant("pictures", 4 * GIB, GIB)


def house(device: str, free_gib: int, *tenants: Tenant) -> DeviceOutlook:
    seen = Outlook(device, "Card 9000" if device == "cuda" else "cpu", 3, free_gib * GIB, 16 * GIB, None)
    room = float("inf") if device == "cpu" else free_gib * GIB
    return DeviceOutlook(seen, None, tenants, (), plan(tenants, room))


async def test_it_finds_a_model_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    absent = settings.model_copy(update={"model": str(tmp_path / "no-model"), "device": "cpu", "image_model": "none"})
    (verdict,) = [verdict async for verdict in check.model_verdicts(absent)]
    assert not verdict.is_well
    assert "no-model" in verdict.words


async def test_it_finds_a_pipeline_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    absent = settings.model_copy(update={"image_model": str(tmp_path / "no-pipeline"), "device": "cpu"})
    (verdict,) = [verdict async for verdict in check.model_verdicts(absent)]
    assert not verdict.is_well
    assert "no-pipeline" in verdict.words


async def test_it_finds_that_the_gpu_that_was_asked_for_is_not_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    asked = settings.model_copy(update={"device": "cuda"})
    (verdict,) = [verdict async for verdict in check.engine_verdicts(asked)]
    assert str(verdict).startswith("✗ Device     no CUDA device was found")


def test_it_names_the_device() -> None:
    assert "threads: 3" in check.device_verdict(house("cpu", 2)).words
    assert check.device_verdict(house("cuda", 2)).words == "cuda (Card 9000)."


def test_it_compares_main_memory_with_what_all_models_take() -> None:
    enough = check.memory_verdict(house("cpu", 12, TEXT, PICTURES))
    assert (enough.is_well, enough.words) == (
        True,
        "12.0 of 16.0 GiB are free in main memory; the models take about 11.0 in all.",
    )
    little = check.memory_verdict(house("cpu", 10, TEXT, PICTURES))
    assert str(little).startswith("✗ Memory     only 10.0 of 16.0 GiB are free in main memory, but the models take")


def test_of_models_whose_size_is_not_known_nothing_is_claimed() -> None:
    unknown = replace(house("cpu", 1, TEXT), unknown=("text",))
    assert str(check.memory_verdict(unknown)).startswith("✓ Memory     1.0 of 16.0 GiB are free in main memory; what")


def test_on_a_card_it_is_enough_that_each_model_fits_alone() -> None:
    assert check.memory_verdict(house("cuda", 8, TEXT, PICTURES)).is_well
    assert not check.memory_verdict(house("cuda", 5, TEXT, PICTURES)).is_well


def test_it_says_who_stays_on_the_card_and_who_is_fetched() -> None:
    words = check.parking_verdict(house("cuda", 12, TEXT, PICTURES)).words
    assert words == "all models stay on the card: text 6.0 GiB, pictures 5.0 GiB."
    verdict = check.parking_verdict(house("cuda", 8, TEXT, PICTURES))
    assert verdict.is_well
    assert verdict.words.startswith("on the card at the start: text 6.0 GiB; parked in main memory: pictures 5.0 GiB.")
    assert "about 0.5 s" in verdict.words


def test_it_says_which_model_is_too_large_for_the_card() -> None:
    verdict = check.parking_verdict(house("cuda", 5, TEXT, PICTURES))
    assert (verdict.is_well, "alone: text 6.0 GiB." in verdict.words) == (False, True)


def test_without_a_card_all_stay_in_main_memory() -> None:
    assert check.parking_verdict(house("cpu", 1, TEXT, PICTURES)).words == "all models stay in main memory."


async def test_it_says_what_each_loaded_model_is_and_can(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScriptedEngine()
    engine.image_card = ImageCard("SDXL", "openrail++", "fp16", "cuda", {Shape.SQUARE: (1024, 768)}, 30, 5.0, True)
    engine.sight_card = ModelCard("Seer", "Apache-2.0", "nf4", "cuda", 4096)

    @asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[ScriptedEngine]:
        yield engine

    monkeypatch.setattr(check, "local_engine", opened)
    _, pictures, sight = [verdict async for verdict in check.model_verdicts(settings)]
    assert pictures.words.startswith("SDXL (fp16, openrail++) draws 1024 × 768 px in 30 steps of")
    assert sight.words == "Seer (nf4, Apache-2.0) looks at pictures on cuda."


async def test_it_says_which_settings_choose_what_draws_and_what_sees(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ScriptedEngine()
    engine.image_card = engine.sight_card = None

    @asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[ScriptedEngine]:
        yield engine

    monkeypatch.setattr(check, "local_engine", opened)
    _, pictures, sight = [verdict async for verdict in check.model_verdicts(settings)]
    assert pictures.words == "nothing draws; SALON_IMAGE_MODEL chooses what does."
    assert sight.words == "nothing looks at pictures; SALON_SIGHT_MODEL chooses what does."
