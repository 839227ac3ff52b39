"""How English sounds: syllables and rhymes by CMUdict (`cmudict.gz`), by the spelling where it lacks a word. Pure."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"['’]?[^\W_]+(?:['’][^\W_]+)*['’]?")
_VARIANT = re.compile(r"\(\d+\)\Z")
_STRESS = re.compile(r"\d")
_STRESSED = "12"
# What of a spelling is heard last: its last vowels with all that follows; a final e is silent.
_ENDING = re.compile(r"[aeiouy]+[^aeiouy]*(?:e[sd]?)?\Z")
_EYE_RHYME_LETTERS, _NEAR_LETTERS = 3, 2
_HEAD_LETTERS, _TAIL_LETTERS = 2, 3
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said apart, and letters that only look like a syllable.
_APART = re.compile(r"i[aou](?!us\b)|[aeo]o[aeiou]|[ui]a|eo(?!u)|uou|ying\b|[aiou]ing\b")
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e\Z|(?<=[aeiouy]l)e\Z|(?<=[^aeiouytd])ed\Z|(?<=[^aeiouyscxzgh])es\Z|(?<=[aeiouy])e(?=ly\Z|ment\Z|ful\Z|less\Z)"
)


def words_in(line: str) -> list[str]:
    """Return the words of a line, in small letters with plain apostrophes."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(line)]


def is_known(word: str) -> bool:
    """Say whether the dictionary has a word."""
    return bool(_phones(word))


@lru_cache(maxsize=4_096)
def syllables(word: str) -> frozenset[int]:
    """Return how many syllables a word may have; where its spelling must do, one number."""
    found = _heard(word)
    if not found:
        return frozenset({spelled_syllables(word)})
    return frozenset(sum(phone[-1].isdigit() for phone in phones.split()) for phones in found)


def spelled_syllables(word: str) -> int:
    """Count the syllables of a word by its spelling alone."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    heard = _SILENT.sub("", letters)
    return max(1, len(_VOWELS.findall(heard)) + len(_APART.findall(heard)))


def line_syllables(words: Iterable[str]) -> frozenset[int]:
    """Return how many syllables a line may have, as each of its words may be said."""
    totals = {0}
    for word in words:
        totals = {total + count for total in totals for count in syllables(word)}
    return frozenset(totals)


def rhyme(one: str, other: str) -> bool:
    """Say whether two words rhyme: by their sound, to the eye, or by their spelling where that is all that is known."""
    if _rhyming_parts(one) & _rhyming_parts(other):
        return True
    is_heard = _heard(one) and _heard(other)
    return _look_alike(one, other, _EYE_RHYME_LETTERS if is_heard else _NEAR_LETTERS)


def rhyme_nearly(one: str, other: str) -> bool:
    """Say whether two words that do not rhyme come near it: they end in the same consonants, or look alike."""
    return bool(_last_consonants(one) & _last_consonants(other)) or _look_alike(one, other, _NEAR_LETTERS)


def rhyming_part(word: str) -> str:
    """Return one way in which a word rhymes: the sounds that another must share."""
    return min(_rhyming_parts(word), default="")


def guessed(words: Iterable[str]) -> Sequence[str]:
    """List the words that the dictionary does not have, each once."""
    return list(dict.fromkeys(word for word in words if not is_known(word)))


@lru_cache(maxsize=4_096)
def _rhyming_parts(word: str) -> frozenset[str]:
    """Return the sounds, without their stresses, that another word must share to rhyme with this one."""
    parts = set()
    for phones in _heard(word):
        sounds = phones.split()
        vowels = [at for at, sound in enumerate(sounds) if sound[-1].isdigit()]
        stressed = [at for at in vowels if sounds[at][-1] in _STRESSED] or vowels
        # Two weak syllables at the end: verse leans on the last of them, so that "history" may rhyme with "me".
        is_lifted = len(vowels) > 2 and vowels[-2] > stressed[-1]
        for at in {stressed[-1], vowels[-1] if is_lifted else stressed[-1]}:
            parts.add(_STRESS.sub("", " ".join(sounds[at:])))
    return frozenset(parts)


def _last_consonants(word: str) -> frozenset[str]:
    """Return the ways in which a word closes after its last vowel; none of a word that ends with the vowel."""
    closes = {re.split(r"\w+\d ?", phones)[-1] for phones in _heard(word)}
    return frozenset(closes - {""})


def _look_alike(one: str, other: str, least: int) -> bool:
    """Say whether two words are spelled alike from their last vowels on, over so many letters at least."""
    endings = [_ENDING.search(re.sub(r"[^a-z]", "", word)) for word in (one, other)]
    first, second = (found[0] if found else "" for found in endings)
    return first == second and len(first) >= least


@lru_cache(maxsize=4_096)
def _phones(word: str) -> tuple[str, ...]:
    """Return the ways to say a word of the dictionary; apostrophes around it, and a possessive's, are only written."""
    dictionary = _dictionary()
    for spelling in (word, word.strip("'"), word.replace("'", "")):
        if spelling in dictionary:
            return dictionary[spelling]
    if word.endswith("'s"):
        return tuple(f"{phones} {_plural_sound(phones)}" for phones in dictionary.get(word[:-2], ()))
    return ()


@lru_cache(maxsize=4_096)
def _heard(word: str) -> tuple[str, ...]:
    """Return the ways to say a word or, where it is not known, two words that it is put together of."""
    splits = [(word[:at], word[at:]) for at in range(_HEAD_LETTERS, len(word) - _TAIL_LETTERS + 1)]
    known = [parts for parts in splits if all(map(is_known, parts))]
    if is_known(word) or not known:
        return _phones(word)
    head, tail = max(known, key=lambda parts: min(map(len, parts)))
    return tuple(f"{first} {last}" for first in _phones(head) for last in _phones(tail))


def _plural_sound(phones: str) -> str:
    return "IH0 Z" if phones.split()[-1] in ("S", "Z", "SH", "ZH", "CH", "JH") else "Z"


@cache
def _dictionary() -> dict[str, tuple[str, ...]]:
    packed = files(__package__).joinpath("cmudict.gz").read_bytes()
    found: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        word, _, phones = line.partition("#")[0].strip().partition(" ")
        word = _VARIANT.sub("", word)
        found[word] = (*found.get(word, ()), phones)
    return found
