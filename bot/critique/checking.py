"""Notes held against their draft: a note whose quote is not there is dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.critique.critique import Note
from bot.critique.parts import pieces_of
from bot.critique.shapes import NoteShape
from bot.quotes import Quote, find_quote, paragraph_at
from bot.stories.splitting import SENTENCE_END

SENTENCES_MAX = 40
SENTENCE_MAX = 140


def checked(draft: str, span: tuple[int, int], notes: Iterable[NoteShape]) -> tuple[list[Note], int]:
    """Return the notes on a part of a draft, each with its quote as it stands there, and how many are dropped.

    Of two notes on the same words the first is kept, without counting the other as dropped.
    """
    kept: dict[tuple[int, int], Note] = {}
    dropped = 0
    for note in notes:
        quote = _found(draft, span, note.quote)
        if quote is None:
            dropped += 1
        else:
            its = Note(quote.text, quote.paragraph, note.kind, note.effect, note.advice)
            kept.setdefault((quote.start, quote.end), its)
    return list(kept.values()), dropped


def honest(draft: str, text: str) -> str:
    """Return an answer that has no form without the lines that give as a quote what is not in the draft."""
    kept = [line for line in text.splitlines() if not (said := _quoted(line)) or find_quote(draft, said)]
    return "\n".join(kept).strip()


def sentences_of(text: str) -> tuple[str, ...]:
    """List a text's sentences, long ones in pieces, for a model to choose its quotes from; none where they are many."""
    sentences = _cut(text, [match.end() for match in SENTENCE_END.finditer(text)])
    lines = (line.strip() for sentence in sentences for line in sentence.splitlines())
    pieces = (piece.strip() for line in lines for piece in _cut(line, list(pieces_of(line, SENTENCE_MAX))))
    found = tuple(dict.fromkeys(piece for piece in pieces if find_quote(piece, piece)))
    return found if len(found) <= SENTENCES_MAX else ()


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


def _quoted(line: str) -> str:
    """Return what a line of an answer gives as a quote, as `bot.answers` tells the field of that name."""
    name, _, said = line.partition(":")
    return said.strip() if name.strip() == "Quote" else ""
