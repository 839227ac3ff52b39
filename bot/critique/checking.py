"""Notes held against their draft: a note whose quote is not there is dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.critique.critique import Note
from bot.critique.shapes import NoteShape
from bot.quotes import Quote, find_quote, paragraph_at
from bot.stories.splitting import SENTENCE_END

SENTENCES_MAX = 40
SENTENCE_MAX = 200


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
    """List a text's sentences for a model to choose its quotes from; none where they are too many or too long."""
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    cut = (text[start:end].strip() for start, end in pairwise(ends))
    lines = [line.strip() for sentence in cut for line in sentence.splitlines()]
    found = tuple(dict.fromkeys(line for line in lines if find_quote(line, line)))
    is_small = len(found) <= SENTENCES_MAX and all(len(sentence) <= SENTENCE_MAX for sentence in found)
    return found if is_small else ()


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


def _quoted(line: str) -> str:
    """Return what a line of an answer gives as a quote, as `bot.answers` tells the field of that name."""
    name, _, said = line.partition(":")
    return said.strip() if name.strip() == "Quote" else ""
