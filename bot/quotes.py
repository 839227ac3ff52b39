"""Quotes held against what they are said to come from: only what stands there may be shown as a quote. Pure.

A quote is compared word by word. Case, white space, dashes, dots and the kind of quotation marks do not matter, for
models write those their own way; what is returned is always as it stands in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

WORDS_A_SLIP = 6
"""A quote may differ from its text by one word in so many: with that it is still told from an invented one."""

SLIPS_MAX = 2
ANCHORS_MAX = 50
"""More places are not compared: words that begin alike so often are repeated, and comparing takes its time."""

_LONE_WORD_MIN = 4

# Chinese and Japanese write no spaces: each of their characters counts as a word.
_CHARACTER = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CHARACTER}]|[^\W_{_CHARACTER}]+(?:['\u2019\u02bc][^\W_{_CHARACTER}]+)*")
_LEFT_OUT = re.compile(r"\.{3,}|…+|\[…\]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_QUOTATION_MARKS = (
    '\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d\u300e\u300f\u2018\u2019\u201a\u201b\u02bc\u2032`"'
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ALIKE = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "'") | dict.fromkeys(_DASHES, "-"))


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters from `start` to `end` of a text, and the number of the paragraph they begin in, from 1."""

    text: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as folded words and where each stands in it."""

    folded: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = [match.span() for match in _WORD.finditer(text)]
        return cls([_folded(text[start:end]) for start, end in found], found)


def find_quote(text: str, quote: str) -> Quote | None:
    """Return where a quote stands in a text, or None of one that does not, is empty, or too short to be told apart.

    In a long quote one word in six may be wrong, missing or too many, two at most: it then stands for the nearest span
    of the text. Of a quote that leaves something out by dots, its longest piece is looked for.
    """
    draft = _Words.of(text)
    pieces = sorted(_LEFT_OUT.split(quote), key=lambda piece: len(words_in(piece)), reverse=True)
    for wanted in (quote, *pieces[:1]):
        words = _Words.of(wanted)
        if _is_telling(words.folded) and (place := _place(draft.folded, words.folded)):
            start, end = draft.spans[place[0]][0], draft.spans[place[1] - 1][1]
            start -= _reach(text[:start][::-1], wanted[: words.spans[0][0]][::-1])
            end += _reach(text[end:], wanted[words.spans[-1][1] :])
            return Quote(text[start:end], start, end, paragraph_at(text, start))
    return None


def words_in(text: str) -> list[str]:
    """Return the words of a text; of Chinese and Japanese its characters."""
    return _WORD.findall(text)


def paragraph_at(text: str, position: int) -> int:
    """Return the number of the paragraph at a position, from 1; in a text without blank lines each line is one."""
    text, shift = text.lstrip(), len(text) - len(text.lstrip())
    edge = _BLANK_LINE if _BLANK_LINE.search(text.rstrip()) else _LINE
    return 1 + sum(match.end() + shift <= position for match in edge.finditer(text))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().translate(_ALIKE)


def _is_telling(words: Sequence[str]) -> bool:
    return len(words) > 1 or any(len(word) >= _LONE_WORD_MIN for word in words)


def _place(draft: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    """Return from which word to which the words stand in the draft, with as few slips as it takes."""
    exact = next(_anchors(draft, words, 0), None)
    if exact is not None:
        return exact, exact + len(words)
    slips = min(SLIPS_MAX, len(words) // WORDS_A_SLIP)
    best: tuple[int, int, int] | None = None
    for anchor in islice(_anchors(draft, words, slips), ANCHORS_MAX):
        first = max(0, anchor - slips)
        distance, start, end = _nearest(draft[first : anchor + len(words) + slips], words)
        if distance <= slips and (best is None or distance < best[0]):
            best = distance, first + start, first + end
    return best[1:] if best else None


def _anchors(draft: Sequence[str], words: Sequence[str], slips: int) -> Iterator[int]:
    """Say where the words could begin: one of as many pieces plus one as there are slips has none."""
    size = len(words) // (slips + 1)
    pieces = {at: words[at : at + size] for at in range(0, size * (slips + 1), size)}
    seen: set[int] = set()
    for place in range(len(draft)):
        for at, piece in pieces.items():
            if draft[place] == piece[0] and draft[place : place + size] == piece and place - at not in seen:
                seen.add(place - at)
                yield max(0, place - at)


def _nearest(window: Sequence[str], words: Sequence[str]) -> tuple[int, int, int]:
    """Return how many words differ, and from where to where, in the stretch of a window that is nearest to the words.

    Edit distance with free ends (Sellers 1980); of equally near stretches the first.
    """
    rows = [(at, 0) for at in range(len(words) + 1)]
    best = (rows[-1][0], 0, 0)
    for end, word in enumerate(window, start=1):
        above, rows = rows, [(0, end)]
        for at, wanted in enumerate(words):
            same = (above[at][0] + (word != wanted), above[at][1])
            rows.append(min(same, _slipped(above[at + 1]), _slipped(rows[at]), key=lambda cell: cell[0]))
        best = min(best, (*rows[-1], end), key=lambda cell: cell[0])
    return best


def _slipped(cell: tuple[int, int]) -> tuple[int, int]:
    return cell[0] + 1, cell[1]


def _reach(text: str, marks: str) -> int:
    """Say how far a text goes on with the same marks as the quote, white space at the end apart."""
    same = [ours.translate(_ALIKE) == theirs.translate(_ALIKE) for ours, theirs in zip(text, marks, strict=False)]
    return len(text[: sum(accumulate(same, min))].rstrip())
