"""Text as it reads to people, whatever it is spelled with: case, accents, look-alikes, digits, gaps. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# Letters of other alphabets that are drawn like Latin ones: Cyrillic, then Greek.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁһԛԝ" + "αεικνορτυχ", "abekmhopctyxijsdhqw" + "aeikvoptux")
_AS_LETTERS = str.maketrans("034578@$!|€", "oeastbasiie")
_ONE = (str.maketrans("1", "i"), str.maketrans("1!|", "lll"))
_DISGUISED = re.compile(r"(?<![\w@$!|€])[\w@$!|€]*[\w@$€]")
_LETTER, _STAND_IN = re.compile(r"[^\W\d_]"), re.compile(r"[\d@$!|€]")
_WITHIN_A_WORD = re.compile(r"(?<=\w)[^\w\s]+(?=\w)|_+")
_SPELLED_OUT = re.compile(r"(?<!\w)(?:\w[\W_]+){2,}\w(?!\w)")
_GAP = re.compile(r"[\W_]+")
_DRAWN_OUT = re.compile(r"(.)\1{3,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Readings:
    """The ways in which a text may be meant: `texts` of whole words, and what was `spelled_out` letter by letter."""

    texts: frozenset[str]
    spelled_out: frozenset[str]


def fold(text: str) -> str:
    """Return `text` without case, accents, styled letters and what cannot be seen."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isspace() or _is_seen(character))


def readings_of(folded: str) -> Readings:
    """Return every way in which a folded text may be meant."""
    meant = {folded, folded.translate(_LOOKALIKES)}
    meant |= {_without_stand_ins(text, one) for text in meant for one in _ONE}
    spaced = {text.replace("_", " ") for text in meant}
    closed = {_WITHIN_A_WORD.sub("", text) for text in meant}
    runs = {_GAP.sub("", run) for text in spaced for run in _SPELLED_OUT.findall(text)}
    return Readings(frozenset(map(_shortened, spaced | closed)), frozenset(map(_shortened, runs)))


def _shortened(text: str) -> str:
    """Leave three of what is repeated more often, so that a search takes no longer for it."""
    return _DRAWN_OUT.sub(r"\1\1\1", text)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in ("Mn", "Me", "Cf", "Cc", "Cs")


def _without_stand_ins(text: str, one: Mapping[int, int]) -> str:
    """Read digits and signs as letters, in words that have letters too: `n4ked`, but not `16`."""

    def read(match: re.Match[str]) -> str:
        word = match[0]
        is_mixed = _LETTER.search(word) and _STAND_IN.search(word)
        return word.translate(one).translate(_AS_LETTERS) if is_mixed else word

    return _DISGUISED.sub(read, text)
