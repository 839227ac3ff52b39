"""What is said of a draft beside the notes' quotes: no sentence may quote what is not there, or give a score. Pure."""

from __future__ import annotations

import re
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


def honest(draft: str, text: str) -> str:
    """Return a text about a draft without the sentences that quote what is not in it, and those that give a score.

    Of an answer that has no form also the lines go that give such words as the field of a quote.
    """
    lines = (line for line in text.splitlines() if not (said := _field(line)) or find_quote(draft, said))
    return "\n".join(_honest_line(draft, line) for line in lines).strip()


def _honest_line(draft: str, line: str) -> str:
    quotes = [match.span() for match in _IN_MARKS.finditer(line)]
    ends = [end for end in _ends(line) if not any(start < end < quote_end for start, quote_end in quotes)]
    sentences = (line[start:end] for start, end in pairwise([0, *ends, len(line)]))
    return "".join(sentence for sentence in sentences if not _SCORE.search(sentence) and not _invents(draft, sentence))


def _ends(line: str) -> list[int]:
    return [match.end() for match in SENTENCE_END.finditer(line)]


def _invents(draft: str, sentence: str) -> bool:
    quotes = (next(filter(None, match.groups())) for match in _IN_MARKS.finditer(sentence))
    return any(len(words_in(quote)) >= QUOTED_WORDS and not find_quote(draft, quote) for quote in quotes)


def _field(line: str) -> str:
    """Return what a line of an answer gives as a quote, as `bot.answers` tells the field of that name."""
    name, _, said = line.partition(":")
    return said.strip() if name.strip() == "Quote" else ""
