"""What a model says of a text: no sentence of it may quote what does not stand there, or give a score. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from bot.quotes import find_quote, words_in
from bot.stories.splitting import SENTENCE_END

QUOTED_WORDS = 4
"""From so many words on, what stands in quotation marks is taken for a quote; fewer may be a term, or irony."""

# Between single marks words may have their apostrophes.
_IN_MARKS = re.compile(
    r"\"([^\"\n]+)\"|[\u201c\u201d\u201e]([^\u201c\u201d\n]+)[\u201c\u201d]|\u00ab([^\u00bb\n]+)\u00bb|\u300c([^\u300d\n]+)\u300d"
    r"|\u2018([^\n]+?)\u2019(?!\w)|(?<!\w)'([^'\n]+(?:'\w[^'\n]*)*)'(?!\w)"
)
_SCORE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:/|out of)\s*(?:5|10|100)\b(?!\s*/)", re.IGNORECASE)


def honest(source: str, text: str, quoting: Collection[str] = ("Quote",)) -> str:
    """Return what is said of a source without the sentences that quote what is not in it, and those that give a score.

    What the others quote stands there as it does in the source. Of an answer that has no form also the lines go that
    give such words under the name of one of the fields that are `quoting`.
    """
    lines = (line for line in text.splitlines() if not (said := _field(line, quoting)) or find_quote(source, said))
    return "\n".join("".join(_told(source, sentence) or "" for sentence in _sentences(line)) for line in lines).strip()


def is_honest(source: str, text: str) -> bool:
    """Say whether all that is said of a source may be told."""
    return all(_told(source, sentence) is not None for line in text.splitlines() for sentence in _sentences(line))


def _sentences(line: str) -> list[str]:
    """Cut a line at the ends of its sentences, but not inside of what it quotes."""
    quotes = [match.span() for match in _IN_MARKS.finditer(line)]
    ends = [match.end() for match in SENTENCE_END.finditer(line)]
    outside = (end for end in ends if not any(start < end < quote_end for start, quote_end in quotes))
    return [line[start:end] for start, end in pairwise([0, *outside, len(line)])]


def _told(source: str, sentence: str) -> str | None:
    """Return a sentence with its quotes as they stand in the source; None of one that may not be told."""
    if _SCORE.search(sentence):
        return None
    told, end = "", 0
    for match in _IN_MARKS.finditer(sentence):
        start, stop = match.span(match.lastindex or 0)
        quote = sentence[start:stop]
        if len(words_in(quote)) >= QUOTED_WORDS:
            found = find_quote(source, quote)
            if found is None:
                return None
            quote = " ".join(found.text.split())
        told, end = told + sentence[end:start] + quote, stop
    return told + sentence[end:]


def _field(line: str, quoting: Collection[str]) -> str:
    """Return what a line of an answer gives as a quote, as `bot.answers` tells the field of that name."""
    name, _, said = line.partition(":")
    return said.strip() if name.strip() in quoting else ""
