"""A meaning that tests can foresee: texts are as alike as the words they share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import numpy as np

from models.meaning import MiniLm, Vectors

WIDTH = 512


class BagOfWords:
    """Implements `Meaning`: each word is a place of its own in the vector; a text is the words in it.

    Words are compared without case. `seen` keeps all texts it was asked for.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 a text; one without words has a place that no word has."""
        self.seen += texts
        rows = np.zeros((len(texts), WIDTH + 1), np.float32)
        for row, text in zip(rows, texts, strict=True):
            np.add.at(row, [_place(word) for word in re.findall(r"\w+", text.casefold())] or [WIDTH], 1)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


@cache
def real_meaning() -> MiniLm:
    """Return the real encoder; all tests that need it share one, as it takes seconds to load."""
    return MiniLm()


def _place(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big") % WIDTH
