"""A list of words and phrases, found in a text however they are disguised. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby

import regex

from bot.safety.folding import Readings, fold
from models.scripts import IN_WORD

_BEGINS_WORD, _ENDS_WORD = regex.compile(rf"(?V1)^{IN_WORD}"), regex.compile(rf"(?V1){IN_WORD}$")


class Terms:
    """Words and phrases, whole words only; a term that ends in `*` stands for every word that begins so.

    With `plurals` a term stands for its English plural too, as whoever lists a word means all of its kind.
    """

    def __init__(self, terms: Iterable[str], *, plurals: bool = False) -> None:
        forms = {term for term in map(_trimmed, terms) if term.strip("*")}
        folded = sorted(forms | set(chain.from_iterable(map(_plurals, forms))) if plurals else forms)
        words = [term for term in folded if _BEGINS_WORD.search(term)]
        signs = [term for term in folded if term not in words]
        self._words = regex.compile(f"(?V1)(?<!{IN_WORD}){_any_of(words, _whole)}|{_any_of(signs, _whole)}")
        self._letters = regex.compile(f"(?V1){_any_of(folded, _spelling)}")

    def found_in(self, readings: Readings) -> bool:
        """Say whether any of them stands in a text, in any of its readings."""
        return any(map(self._words.search, readings.texts)) or any(map(self._letters.search, readings.spelled_out))

    def taken_out_of(self, folded: str) -> str:
        """Return a folded text without them."""
        return self._words.sub(" … ", folded)


@lru_cache(maxsize=256)
def terms_of(words: tuple[str, ...]) -> Terms:
    """Return the terms of a server's list, made once as long as the list stays as it is."""
    return Terms(words, plurals=True)


def _trimmed(term: str) -> str:
    return fold(term).strip()


def _plurals(term: str) -> Iterable[str]:
    if not _ENDS_WORD.search(term):
        return ()
    return (f"{term}s", f"{term}es", *([f"{term[:-1]}ies"] if term.endswith("y") else []))


def _any_of(terms: Sequence[str], pattern: Callable[[str], str]) -> str:
    """Match any of some sorted terms, tried by their first letter; none of none."""
    by_letter = (f"(?={regex.escape(letter)})(?:{'|'.join(map(pattern, those))})" for letter, those in _groups(terms))
    return f"(?:{'|'.join(by_letter) or '(?!)'})"


def _groups(terms: Sequence[str]) -> Iterable[tuple[str, Iterable[str]]]:
    return groupby(terms, key=lambda term: term[0])


def _whole(term: str) -> str:
    stem = term.rstrip("*")
    if stem != term:
        return _spelling(stem) + r"\w*"
    return _spelling(stem) + (f"(?!{IN_WORD})" if _ENDS_WORD.search(stem) else "")


def _spelling(term: str) -> str:
    """Match a term's letters, each as often as there or drawn out; a gap may be anything or left out."""
    runs = ((letter, len(list(run))) for letter, run in groupby(term.rstrip("*")))
    return "".join(r"[\W_]*" if letter.isspace() else _run(regex.escape(letter), times) for letter, times in runs)


def _run(letter: str, times: int) -> str:
    return f"(?:{letter}{{{times}}}|{letter}{{3,}})"
