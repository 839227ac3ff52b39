"""The scripted meaning keeps what the protocol promises, so that tests may build on it."""

from __future__ import annotations

import numpy as np

from tests.meanings import BagOfWords


async def test_texts_are_as_alike_as_the_words_they_share() -> None:
    same, half, other = (await BagOfWords().embed(["the red boat", "The boat, red!", "the red kite", "a grey owl"]))[1:]
    (first,) = await BagOfWords().embed(["the red boat"])
    assert np.isclose(first @ same, 1)
    assert 0.6 < first @ half < 0.7
    assert np.isclose(first @ other, 0)


async def test_every_row_has_length_one_even_of_no_words() -> None:
    rows = await BagOfWords().embed(["a boat", "", "..."])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
