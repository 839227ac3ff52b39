"""A story read in portions that fit a model's window. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.prompts import label_of
from bot.stories.story import Passage

BYTES_A_TOKEN = 2.5
"""Fewer than prose has in a language that a model knows (about 4, in Chinese too), so that names and dialogue fit."""

_LEAST_BYTES = 1_000


def room_for(window_tokens: int, spare_tokens: int) -> int:
    """Return how many bytes of a story fit a window beside what else is in it and the answer."""
    return max(_LEAST_BYTES, int((window_tokens - spare_tokens) * BYTES_A_TOKEN))


def portions(passages: Sequence[Passage], room: int) -> list[list[Passage]]:
    """Split passages into portions of at most `room` bytes each; a longer passage is one by itself."""
    split: list[list[Passage]] = []
    left = 0
    for passage in passages:
        size = len(passage.text.encode())
        left -= size
        if left < 0 or not split:
            split.append([])
            left = room - size
        split[-1].append(passage)
    return split


def as_material(passages: Sequence[Passage]) -> str:
    """Return passages as a text to be read about, each after its writer's name; what was removed is left out."""
    told = (f"{label_of(passage.author_name)}: {passage.text}" for passage in passages if not passage.removed)
    return "\n\n".join(told)
