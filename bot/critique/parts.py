"""A long draft in parts that a model's window holds; each ends where a sentence does. Pure but for counting tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.stories.splitting import last_edge
from models.engine import Engine
from models.requests import PromptPart, Role, TextRequest

PIECE_MAX = 400  # characters: what is counted at once
PART_TOKENS_MAX = 6_000


async def parts_of(engine: Engine, text: str, room_tokens: int) -> tuple[int, ...]:
    """Return where each part of a text ends, none of which has more tokens than there is room for."""
    pieces = list(pieces_of(text))
    words = [text[start:end] for start, end in zip([0, *pieces], pieces, strict=False)]
    return tuple(packed(pieces, await _tokens(engine, words), min(room_tokens, PART_TOKENS_MAX)))


def pieces_of(text: str, most: int = PIECE_MAX) -> Iterator[int]:
    """Say where pieces of at most `most` characters end, at a sentence's end as far as there is one."""
    start = 0
    while start < len(text):
        end = start + most
        start = min(len(text), start + last_edge(text[start : end + 1]) if end < len(text) else end)
        yield start


def packed(ends: Sequence[int], tokens: Sequence[int], room: int) -> Iterator[int]:
    """Join pieces to as few parts as hold them; say where each part ends. One piece larger than all room stays one."""
    filled = 0
    for number, count in enumerate(tokens):
        if filled and filled + count > room:
            yield ends[number - 1]
            filled = 0
        filled += count
    if ends:
        yield ends[-1]


async def _tokens(engine: Engine, pieces: Sequence[str]) -> list[int]:
    """Count the tokens of every piece in one look; the last of a prompt may be cut to fit, so that is a mark."""
    parts = [PromptPart("", Role.USER, piece, droppable=True) for piece in (*pieces, ".")]
    layout = await engine.layout(TextRequest("count", tuple(parts), max_new_tokens=1))
    counted = {count.part: count.tokens for count in layout.parts}
    return [counted.get(part, 0) for part in parts[:-1]]
