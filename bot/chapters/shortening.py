"""Making of what a model wrote a summary that can be kept; else sentences of the text stand for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import shorten

from bot.stories.splitting import SENTENCE_END
from bot.stories.trimming import trim
from models.events import Finished

SUMMARY_CHARACTERS = 600
_LEAST_CHARACTERS = 20
_LEAST_SENTENCE = 30
_OPENING = re.compile(r"\A(?:(?:here is|this is)[^.\n]*?:|\W*(?:a |short |brief )*summary\W*?:)[\s*_]*", re.IGNORECASE)


def summary_of(finished: Finished, people: Sequence[str], told: Sequence[str]) -> str | None:
    """Return the summary that a model wrote of some texts; None where it says too little, or only copies them."""
    text = _bounded(_OPENING.sub("", " ".join(trim(finished, people, "").split())), SUMMARY_CHARACTERS)
    is_too_little = len(text) < _LEAST_CHARACTERS or not any(told)  # of no words, whatever is said is made up
    return None if is_too_little or _is_copied(text, told) else text


def sentences_of(texts: Sequence[str]) -> str:
    """Return the first sentences of texts, each in its share of a summary's room."""
    there = [" ".join(text.split()) for text in texts if text.strip()]
    room = max(_LEAST_SENTENCE, SUMMARY_CHARACTERS // max(1, len(there)) - 1)
    firsts = (shorten(_first_sentence(text), room, placeholder="…") for text in there)
    return _bounded(" ".join(filter(None, firsts)), SUMMARY_CHARACTERS)


def _first_sentence(text: str) -> str:
    end = SENTENCE_END.search(text)
    return text[: end.end()] if end else text


def _bounded(text: str, limit: int) -> str:
    """End at the last sentence that fits, else at a word."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text[:limit])]
    return text[: ends[-1]] if ends and ends[-1] * 2 >= limit else shorten(text, limit, placeholder="…")


def _is_copied(text: str, told: Sequence[str]) -> bool:
    return _bare(text) in _bare(" ".join(told))


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
