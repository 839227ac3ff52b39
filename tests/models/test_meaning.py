"""The encoder of meanings, with its real weights: texts alike in meaning are near, whatever their words and batch."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
import torch

from models.errors import ModelFault, ModelUnavailable
from models.meaning import BATCH, WIDTH, MiniLm
from tests.meanings import real_meaning

STORM = "The storm tore the roof off the barn."


@pytest.fixture(scope="module")
def meaning() -> MiniLm:
    return real_meaning()


async def test_texts_alike_in_meaning_are_nearer_than_others(meaning: MiniLm) -> None:
    storm, wind, cake = await meaning.embed([STORM, "A gale ripped the shed open.", "She baked a lemon cake."])
    assert storm @ wind > storm @ cake + 0.2


async def test_a_text_has_the_same_row_of_length_one_in_every_batch(meaning: MiniLm) -> None:
    (alone,) = await meaning.embed([STORM])
    many = await meaning.embed(["long " * 400, "", *[STORM] * BATCH])
    assert many.shape == (BATCH + 2, WIDTH)
    assert np.allclose(np.linalg.norm(many, axis=1), 1, atol=1e-5)
    assert np.allclose(many[2:], alone, atol=1e-4)


async def test_no_texts_have_no_rows_and_load_nothing() -> None:
    fresh = MiniLm()
    assert (await fresh.embed([])).shape == (0, WIDTH)
    assert "_encoder" not in vars(fresh)


async def test_several_may_ask_at_once_and_the_others_threads_keep_their_number(meaning: MiniLm) -> None:
    before = torch.get_num_threads()
    rows = await asyncio.gather(*(meaning.embed([text]) for text in (STORM, "a cake", STORM)))
    assert np.allclose(rows[0], rows[2])
    assert torch.get_num_threads() == before


async def test_a_failure_is_named_and_quotes_nobody(meaning: MiniLm, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = MiniLm()
    monkeypatch.setitem(vars(broken), "_encoder", (None, None))
    with pytest.raises(ModelFault, match="TypeError") as failed:
        await broken.embed([STORM])
    assert "storm" not in str(failed.value)


def test_without_its_package_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.embedded.words.PACKAGE", "a-package-that-is-nowhere")
    with pytest.raises(ModelUnavailable, match="a-package-that-is-nowhere"):
        MiniLm()
