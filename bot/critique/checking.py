"""Notes held against their draft: a note whose quote is not there is dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.critique.critique import Note
from bot.critique.parts import pieces_of
from bot.critique.shapes import NoteShape
from bot.honesty import honest
from bot.quotes import Quote, find_quote, paragraph_at
from bot.stories.splitting import SENTENCE_END

SENTENCES_MAX = 40
SENTENCE_MAX = 140


def checked(draft: str, span: tuple[int, int], notes: Iterable[NoteShape]) -> tuple[list[Note], int]:
    """Return the notes on a part of a draft, each with its quote as it stands there, and how many are dropped.

    A note is dropped too where all that it says of its words rests on others that are not there. Of two notes on the
    same words the first is kept, without counting the other as dropped.
    """
    kept: dict[tuple[int, int], Note] = {}
    dropped = 0
    for note in notes:
        quote, effect = _found(draft, span, note.quote), honest(draft, note.effect)
        if quote is None or not effect:
            dropped += 1
        else:
            its = Note(quote.text, quote.paragraph, note.kind, effect, note.advice)
            kept.setdefault((quote.start, quote.end), its)
    return list(kept.values()), dropped


def sentences_of(text: str) -> tuple[str, ...]:
    """List a text's sentences, long ones in pieces, for a model to choose its quotes from; of many, some."""
    sentences = _cut(text, [match.end() for match in SENTENCE_END.finditer(text)])
    lines = (line.strip() for sentence in sentences for line in sentence.splitlines())
    pieces = (piece.strip() for line in lines for piece in _cut(line, list(pieces_of(line, SENTENCE_MAX))))
    found = tuple(dict.fromkeys(piece for piece in pieces if find_quote(piece, piece)))
    count = min(len(found), SENTENCES_MAX)
    return tuple(found[number * len(found) // count] for number in range(count))


def spread(notes: Sequence[Sequence[Note]], most: int) -> list[Note]:
    """Take so many notes from the parts of a draft, the first of each part before the second of any."""
    ranked = sorted((rank, part) for part, its in enumerate(notes) for rank in range(len(its)))
    return [notes[part][rank] for rank, part in ranked[:most]]


def _found(draft: str, span: tuple[int, int], quote: str) -> Quote | None:
    start, end = span
    found = find_quote(draft[start:end], quote)
    if found is None:
        return None
    return Quote(found.text, start + found.start, start + found.end, paragraph_at(draft, start + found.start))


def _cut(text: str, ends: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]
