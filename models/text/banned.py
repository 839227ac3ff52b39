"""Phrases that a text never says: found as text, so it does not matter which tokens they are written in (pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import regex

from models.scripts import IN_WORD
from models.text.dry import Floats, Ints
from models.text.stops import Detokenizer

if TYPE_CHECKING:
    from models.text.grammar import Bits

_BEGINS_WORD, _ENDS_WORD = regex.compile(rf"(?V1)^{IN_WORD}"), regex.compile(rf"(?V1){IN_WORD}$")
_NO_WORD = f"[^{IN_WORD}]"
_END = "\n"
Penalties = tuple[Ints, Floats]
"""Tokens and what to take from their scores."""
# What writers take for the same: single and double quotation marks, dashes.
_ALIKE = ("'\u2018\u2019", '"\u201c\u201d', "-\u2010\u2013\u2014")


class PhraseFilter:
    """Decode tokens as a `Detokenizer` does, and hold back those that a banned phrase may begin with.

    Once a phrase is whole, `begun` is the first of its tokens that was not let through, counted from 0; then
    `take_back` or `cut` must follow. Whole tokens are held back, so nothing that was let through is taken back.
    """

    def __init__(self, detokenizer: Detokenizer, banned: tuple[str, ...]) -> None:
        self.begun: int | None = None
        self._detokenizer = detokenizer
        self._phrases = _any_of(banned)
        self._text = ""
        self._shown = 0
        self._open = 0  # where a phrase that is not whole may begin; before `_shown`, where its rest was taken back
        self._before = ""
        # Before each token: how long the text was, where a phrase may have begun, and the state of the decoding.
        self._lengths: list[int] = []
        self._states: list[tuple[int, Detokenizer]] = []

    def feed(self, token: int) -> str:
        """Add a token and return the text that is certain to be no part of a phrase."""
        self._lengths.append(len(self._text))
        self._states.append((self._open, copy(self._detokenizer)))
        self._text += self._detokenizer.feed(token)
        return self._certain(self._text, ended=False)

    def rest(self) -> str:
        """Return what is still held once no more text comes, unless it ends in a phrase."""
        return self._certain(self._text + self._detokenizer.rest(), ended=True)

    def take_back(self, count: int) -> int:
        """Keep the first `count` tokens and return how many are gone: none where only the end is taken back."""
        gone = len(self._lengths) - count
        if gone:
            self._text = self._text[: self._lengths[count]]
            self._open, self._detokenizer = self._states[count]
            del self._lengths[count:], self._states[count:]
        self.begun = None
        return gone

    def cut(self) -> str:
        """Return what is held before the phrase, which is the end of the text."""
        return self._before

    def _certain(self, text: str, *, ended: bool) -> str:
        """Move on to where a phrase may begin, if what is held so far allows one; at the end only whole ones count."""
        found = self._phrases.search(text + _END if ended else text, self._open, partial=not ended)
        if found and not found.partial:
            self.begun = self._token_at(max(found.start(), self._shown))
            self._before = text[self._shown : found.start()]
            return ""
        self._open = found.start() if found else len(text)
        sure = self._lengths[self._token_at(self._open)] if self._open < len(text) else len(text)
        shown, self._shown = self._shown, max(self._shown, sure)
        return text[shown : self._shown]

    def _token_at(self, place: int) -> int:
        return bisect_right(self._lengths, place) - 1


class Refused:
    """Which tokens may not come where, because they led into a banned phrase there."""

    def __init__(self) -> None:
        self._tokens: dict[int, list[int]] = {}

    def add(self, position: int, token: int) -> None:
        """Refuse a token at a position; what was refused after it belonged to a text that is gone."""
        self._tokens = {at: tokens for at, tokens in self._tokens.items() if at <= position}
        self._tokens.setdefault(position, []).append(token)

    def first_free(self, position: int, tokens: Sequence[int]) -> int | None:
        """Return the first position from this one on where the token that came is not refused yet, if there is one."""
        pairs = enumerate(tokens, position)
        return next((at for at, token in pairs if token not in self._tokens.get(at, ())), None)

    def penalties(self, position: int, others: Penalties | None, allowed: Bits | None) -> Penalties | None:
        """Add to other penalties those of a position, without end; nothing where a grammar lets nothing else come."""
        refused = np.array(self._tokens.get(position, []), dtype=np.int64)
        if not len(refused) or (allowed is not None and not _leaves_any(allowed, refused)):
            return others
        tokens, weights = others or (np.empty(0, np.int64), np.empty(0, np.float32))
        free = ~np.isin(tokens, refused)
        without_end = np.full(len(refused), np.inf, np.float32)
        return np.concatenate([tokens[free], refused]), np.concatenate([weights[free], without_end])


def _leaves_any(allowed: Bits, refused: Ints) -> bool:
    bits = np.unpackbits(allowed, bitorder="little")
    bits[refused] = 0
    return bool(bits.any())


@lru_cache(maxsize=64)
def _any_of(banned: tuple[str, ...]) -> regex.Pattern[str]:
    """Match any phrase; what is to stand around several is written once, as it takes the longest to compile."""
    groups = groupby(sorted(banned, key=_edges), key=_edges)
    return regex.compile(
        "(?V1)(?i)"
        + "|".join(f"{before}(?:{'|'.join(map(_spelled, some))}){after}" for (before, after), some in groups)
    )


def _edges(phrase: str) -> tuple[str, str]:
    """Match what may stand before a phrase, and with it what shows that its last word ends there."""
    stem = _stem(phrase)
    before = f"(?<!{IN_WORD})" if _BEGINS_WORD.search(stem) else ""
    after = _NO_WORD if stem == phrase.strip() and _ENDS_WORD.search(stem) else ""
    return before, after


def _spelled(phrase: str) -> str:
    return r"\s+".join("".join(map(_letter, word)) for word in _stem(phrase).split())


def _stem(phrase: str) -> str:
    return phrase.strip().removesuffix("*")


def _letter(letter: str) -> str:
    """Match a letter, a quotation mark or dash in any of its forms."""
    return next((f"[{forms}]" for forms in map(regex.escape, _ALIKE) if letter in forms), regex.escape(letter))
