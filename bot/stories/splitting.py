"""Where a reader pauses, and splitting a long text into passages there."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH_EDGE = re.compile(r"\n\s*\n")
# The full stops of Chinese and Japanese need no space after them.
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*(?=\s|\Z)|[\u3002\uff01\uff1f][”’」』]*")


def split_into_passages(text: str, limit: int) -> list[str]:
    """Split a long text into passages of at most `limit` characters, at paragraphs, else sentences, else words."""
    passages: list[str] = []
    for paragraph in _PARAGRAPH_EDGE.split(text):
        for piece in _pieces(paragraph.strip(), limit):
            if passages and len(passages[-1]) + 2 + len(piece) <= limit:
                passages[-1] += f"\n\n{piece}"
            else:
                passages.append(piece)
    return passages


def _pieces(paragraph: str, limit: int) -> Iterator[str]:
    while len(paragraph) > limit:
        cut = last_edge(paragraph[: limit + 1])
        yield paragraph[:cut].rstrip()
        paragraph = paragraph[cut:].lstrip()
    if paragraph:
        yield paragraph


def last_edge(text: str) -> int:
    """Find where to cut: after the last sentence, else after the last word, else at the limit."""
    ends = [match.end() for match in SENTENCE_END.finditer(text[:-1])]
    if ends:
        return ends[-1]
    space = max(text.rfind(" "), text.rfind("\n"))
    return space if space > 0 else len(text) - 1
