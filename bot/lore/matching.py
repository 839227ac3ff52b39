"""Which keys are named in a text: plain words and phrases, found by their words and never run as patterns. Pure.

A text is split into words once; a key is then looked for only where its first word stands, so that hundreds of cards
cost no more than a glance. Case and accents do not matter. Scripts that put no gaps between words (and Korean, which
adds endings) are read sign by sign, which finds a key inside of whatever stands around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import regex

from bot.safety.folding import fold

_GAPLESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(rf"(?V1)[{_GAPLESS}]|[\w--[_{_GAPLESS}]]+")


def words_of(text: str) -> list[str]:
    """Return a text's words, folded; of gapless scripts its signs."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=16_384)
def _words_of_key(key: str) -> list[str]:
    """Return a key's words, folded once for all the turns in which it is looked for."""
    return words_of(key)


class Spoken:
    """The words of some passages, and in which passage each stands."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """Read texts under the numbers of their passages, the oldest first."""
        self._words: list[str] = []
        self._numbers: list[int] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in texts:
            for word in words_of(text):
                self._places[word].append(len(self._words))
                self._words.append(word)
                self._numbers.append(number)

    def last_naming(self, key: str) -> int | None:
        """Return the number of the last passage that names a key; None where none does, or the key has no words."""
        words = _words_of_key(key)
        if not words or any(word not in self._places for word in words):
            return None
        for place in reversed(self._places[words[0]]):
            end = place + len(words)
            if self._words[place:end] == words and self._numbers[place] == self._numbers[end - 1]:
                return self._numbers[place]
        return None
