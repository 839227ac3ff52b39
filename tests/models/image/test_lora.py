"""LoRA: worn for as long as a picture asks for it, and refused where it belongs to another family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.errors import InvalidRequest
from models.image import lora
from tests.models.image.conftest import Benches, Saved
from tests.models.image.tiny import Bench, ask, save_lora, tiny_preset


@pytest.fixture(scope="module")
def fitting(saved: Saved, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A LoRA for the tiny SDXL."""
    return str(save_lora(tmp_path_factory.mktemp("fitting"), saved("sdxl")))


@pytest.fixture(scope="module")
def foreign(saved: Saved, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """LoRAs for other families."""
    families = ("sd15-lcm", "flux2-klein-4b", "z-image-turbo")
    return {name: str(save_lora(tmp_path_factory.mktemp("foreign"), saved(name))) for name in families}


def modules(bench: Bench) -> list[str]:
    return [name for part in bench.loaded.drawing.components.values() if hasattr(part, "modules")
            for name, _ in part.named_modules()]  # fmt: skip


def test_a_lora_changes_the_pictures_that_ask_for_it_and_no_others(bench: Bench, fitting: str) -> None:
    before, untouched = bench.run(ask("a cat", 1))[0].pictures, modules(bench)
    worn, after = bench.run(ask("a cat", 1, lora=fitting), ask("a cat", 1))
    assert worn.pictures != before
    assert after.pictures == before
    assert modules(bench) == untouched


def test_those_who_ask_for_the_same_lora_are_drawn_together(bench: Bench, fitting: str) -> None:
    first, second = bench.submit(ask("a cat", 1, lora=fitting)), bench.submit(ask("a dog", 2, lora=fitting))
    bench.batch.step()
    assert bench.batch.running == 2
    bench.finish()
    assert bench.end(first).pictures != bench.end(second).pictures


@pytest.mark.parametrize("family", ["sd15-lcm", "flux2-klein-4b", "z-image-turbo"])
def test_a_lora_of_another_family_is_refused_and_changes_nothing(
    bench: Bench, foreign: dict[str, str], family: str
) -> None:
    before, untouched = bench.run(ask("a cat", 1))[0].pictures, modules(bench)
    ticket = bench.submit(ask("a cat", 1, lora=foreign[family]))
    bench.finish()
    error = bench.heard[ticket][-1]
    assert isinstance(error, InvalidRequest)
    assert "another family" in str(error)
    assert modules(bench) == untouched
    assert bench.run(ask("a cat", 1))[0].pictures == before


@pytest.mark.parametrize("name", ["sd15-lcm", "flux2-klein-4b", "z-image-turbo"])
def test_every_family_wears_its_own(name: str, benches: Benches, foreign: dict[str, str]) -> None:
    plain, worn = benches(name).run(ask("a cat", 1), ask("a cat", 1, lora=foreign[name]))
    assert plain.pictures != worn.pictures


def test_a_lora_that_is_not_there_is_refused_before_it_waits(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    for name in ("nobody/nothing", "no id at all!", str(tmp_path / "nowhere")):
        with pytest.raises(InvalidRequest, match="there is no LoRA"):
            bench.engine.drawing(0, ask("a cat", 1, lora=name))


def test_a_hub_that_cannot_be_reached_is_said_in_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(InvalidRequest, match="there is no LoRA"):
        lora.find("nobody/nothing")


@pytest.mark.parametrize("files", [(), ("a.safetensors", "b.safetensors")])
def test_a_folder_that_leaves_open_which_file_is_meant_is_refused(files: tuple[str, ...], tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(InvalidRequest, match=f"{len(files)} files"):
        lora.find(str(tmp_path))


def test_on_the_hub_only_small_safe_files_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    class File:
        def __init__(self, name: str, size: int) -> None:
            self.rfilename, self.size = name, size

    class Info:
        siblings = (File("style.safetensors", 10), File("model.safetensors", 2**40), File("style.bin", 10),
                    File("text_encoder/model.safetensors", 10))  # fmt: skip

    def info(_api: Any, repository: str, **_asked: Any) -> Info:
        assert repository == "somebody/style"
        return Info()

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", info)
    monkeypatch.setattr("huggingface_hub.hf_hub_download", lambda repository, name: f"/cache/{repository}/{name}")
    assert lora.find("somebody/style") == Path("/cache/somebody/style/style.safetensors")


def test_a_pipeline_that_takes_none_says_so(saved: Saved, fitting: str) -> None:
    from dataclasses import replace

    bench = Bench(tiny_preset("sdxl", saved("sdxl")))
    without = replace(bench.engine, card=replace(bench.engine.card, takes_lora=False))
    with pytest.raises(InvalidRequest, match="takes no LoRA"):
        without.drawing(0, ask("a cat", 1, lora=fitting))
