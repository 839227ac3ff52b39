"""Telling what was offered before from what is new: by meaning where an encoder is loaded, else by words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

NEAR = 0.65
"""From this cosine on two directions are the same one in other words.

Measured with all-MiniLM-L6-v2 on tests/data/directions.toml: pairs that say the same differently have 0.40 to 0.88,
seven of ten at least 0.67; different directions from one source have 0.22 to 0.58, and from two sources 0.05 to 0.24.
"""

NEAR_IN_WORDS = 0.35
"""From this share of common words on two directions are the same, where nothing tells meaning.

On the same pairs it is 0.07 to 0.29, 0 to 0.21 and 0 to 0.07: without an encoder only what is told in nearly the same
words is found, and nothing is taken for another.
"""

_TELLING_LETTERS = 4
_CHARACTER = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # a word each: Chinese and Japanese write no spaces
_WORD = re.compile(rf"[{_CHARACTER}]|[^\W{_CHARACTER}]+")


@dataclass(frozen=True, slots=True)
class Offered:
    """A direction that was offered before: in short, and where it is in meaning, if anything could tell."""

    in_short: str
    vector: Vector | None = None


def is_near(one: Offered, other: Offered) -> bool:
    """Say whether two are the same in other words; vectors of two encoders cannot be compared."""
    if one.vector is None or other.vector is None or one.vector.shape != other.vector.shape:
        return common_words(one.in_short, other.in_short) >= NEAR_IN_WORDS
    return float(one.vector @ other.vector) >= NEAR


def common_words(one: str, other: str) -> float:
    """Return which share of the telling words of two texts stands in both."""
    words, others = _telling(one), _telling(other)
    return len(words & others) / len(words | others) if words and others else float(one == other)


def _telling(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {word for word in words if len(word) >= _TELLING_LETTERS or not word.isascii()}
