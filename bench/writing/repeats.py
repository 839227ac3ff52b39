"""How often a text says again what it has said, and how often it says given phrases (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

RUN = 4


def repeated_runs(passages: Sequence[str], length: int = RUN) -> float:
    """Return how many runs of `length` words were there before, for every 1,000 words of all passages together.

    Words count without case and marks; a run does not go on from one passage into the next, and one that comes a
    third time counts twice.
    """
    seen: set[tuple[str, ...]] = set()
    repeated = words = 0
    for passage in map(words_of, passages):
        words += len(passage)
        for run in zip(*(islice(passage, start, None) for start in range(length)), strict=False):
            repeated += run in seen
            seen.add(run)
    return 1000 * repeated / words if words else 0.0


def times_said(passages: Iterable[str], phrases: Iterable[str]) -> int:
    """Count how often any of the phrases is said: whole words in any case, with nothing but white space between."""
    spelled = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases]
    wanted = [re.compile(rf"\b{phrase}\b", re.IGNORECASE) for phrase in spelled]
    return sum(len(phrase.findall(passage)) for passage in passages for phrase in wanted)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; an apostrophe belongs to its word."""
    return re.findall(r"\w+(?:'\w+)*", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold())
