"""Every preset's class and arguments, tried on a tiny pipeline of its family."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.hardware import GIB
from models.image.presets import Preset, presets
from models.requests import ImageRequest, Shape
from tests.models.image.conftest import Benches, Saved
from tests.models.image.tiny import FAMILIES, Bench, ask, save_lora, tiny_preset

CARDS_GIB = (12, 16, 24, 80)


def test_every_preset_of_the_hub_is_tried() -> None:
    assert set(FAMILIES) == set(presets()) - {"embedded"}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_preset_is_loaded_and_drawn_as_it_says(name: str, benches: Benches, picture: bytes) -> None:
    preset, bench = presets()[name], benches(name)
    drawn, edited = bench.run(
        ImageRequest("r", "a lighthouse", (1, 2), 96, 64),
        ImageRequest("r", "at night", (1,), 64, 64, image=picture, strength=0.5),
    )
    assert type(bench.loaded.drawing).__name__ == preset.pipeline
    assert (drawn.steps, drawn.guidance) == (preset.steps, preset.guidance)
    assert [(one.width, one.height, one.seed) for one in drawn.pictures] == [(96, 64, 1), (96, 64, 2)]
    assert [len(one.rgb) for one in edited.pictures] == [64 * 64 * 3]
    if preset.scheduler is not None:
        assert type(bench.loaded.drawing.scheduler).__name__ == preset.scheduler
        assert preset.scheduling.items() <= dict(bench.loaded.drawing.scheduler.config).items()


@pytest.mark.parametrize("name", FAMILIES)
def test_its_siblings_share_its_weights(name: str, benches: Benches) -> None:
    loaded = benches(name).loaded
    for sibling in (loaded.changing, loaded.filling):
        assert sibling is not None
        assert sibling.vae is loaded.drawing.vae
        assert sibling.scheduler is loaded.drawing.scheduler


@pytest.mark.parametrize("name", FAMILIES)
def test_a_part_of_a_picture_can_be_changed(name: str, benches: Benches, picture: bytes) -> None:
    assert len(benches(name).run(ask("a moon", 1, 2, image=picture, mask=picture))[0].pictures) == 2


def test_what_is_told_in_words_what_to_change_looks_at_other_pictures_too(benches: Benches, picture: bytes) -> None:
    bench = benches("flux2-klein-4b")
    assert bench.engine.card.edits == "instruction"
    alone = bench.run(ask("a cat", 1))[0]
    led = bench.run(ask("a cat", 1, references=(picture, picture)))[0]
    assert alone.pictures[0].rgb != led.pictures[0].rgb


def test_a_lora_that_belongs_to_a_preset_is_fused_into_it(benches: Benches, saved: Saved, tmp_path: Path) -> None:
    assert presets()["sd15-lcm"].lora is not None
    folder, lora = saved("sd15-lcm"), save_lora(tmp_path, saved("sd15-lcm"))
    plain = benches("sd15-lcm").run(ask())[0].pictures
    fused = Bench(tiny_preset("sd15-lcm", folder, lora=str(lora)))
    assert fused.run(ask())[0].pictures != plain
    assert fused.loaded.drawing.get_list_adapters() == {}


@pytest.mark.parametrize("gib", CARDS_GIB)
def test_there_is_a_preset_for_every_size_of_card(gib: int) -> None:
    hub = [preset for preset in presets().values() if preset.name != "embedded"]
    assert [preset.name for preset in hub if min(preset.precisions) <= gib]


def test_the_precision_follows_the_card() -> None:
    preset = presets()["flux2-klein-4b"]
    found = [preset.precision_on(int(gib * GIB)) for gib in (8, 15.7, 23.6, 79.1)]
    assert found == ["nf4", "nf4", "nf4", "bf16"]


def test_a_preset_says_its_licence_and_where_that_stands() -> None:
    assert all(preset.licence and preset.source for preset in presets().values())


@pytest.mark.parametrize("preset", presets().values(), ids=presets())
def test_a_presets_sizes_can_be_drawn(preset: Preset) -> None:
    assert set(preset.sizes) == set(Shape)
    assert all(length % 16 == 0 for size in preset.sizes.values() for length in size)


def test_the_docs_name_every_preset_with_its_licence_and_steps() -> None:
    page = (Path(__file__).parents[3] / "docs" / "pictures-engine.md").read_text(encoding="utf-8")
    for preset in presets().values():
        assert f"| `{preset.name}` | {preset.licence} | {preset.steps} |" in page
