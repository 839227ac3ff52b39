"""English verse by lines, syllables and rhymes: haiku, tanka, limerick, sonnet. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.forms.english import guessed, line_syllables, rhyme, rhyme_nearly, words_in
from bot.forms.lines import lines_in
from bot.forms.verdict import Finding, Verdict, either, failed, held
from bot.words import Value

Range = Sequence[int]


@dataclass(frozen=True, slots=True)
class Rhymes:
    """How verse rhymes: `schemes` name the rhyme of each line by a letter, and one of them must fit.

    Up to `nearly` lines may only come near their rhyme. Without `repeats` a word is no rhyme to itself.
    """

    schemes: Sequence[str] = ()
    nearly: int = 0
    repeats: bool = True


def check_metre(text: str, *, syllables: Sequence[Range], rhymes: Mapping[str, Any] | None = None) -> Verdict:
    """Hold verse against a number of syllables a line (least and most) and, where given, its `Rhymes`."""
    lines = [words_in(line) for line in lines_in(text)]
    if len(lines) != len(syllables):
        return Verdict((failed("forms.wrong_lines", count=len(lines), wanted=len(syllables)),))
    findings = [held("forms.right_lines", count=len(lines)), *_metre(lines, syllables)]
    if rhymes:
        findings += _rhymes([words[-1] for words in lines], Rhymes(**rhymes))
    return Verdict(tuple(findings), tuple(guessed(word for words in lines for word in words)))


def _metre(lines: Sequence[Sequence[str]], wanted: Sequence[Range]) -> Sequence[Finding]:
    found = [line_syllables(words) for words in lines]
    faults = [
        failed("forms.wrong_syllables", line=number, count=_nearest(counts, least, most), wanted=_told(least, most))
        for number, (counts, (least, most)) in enumerate(zip(found, wanted, strict=True), start=1)
        if not any(least <= count <= most for count in counts)
    ]
    every = list(dict.fromkeys(_told(*one) for one in wanted))
    told = " · ".join(_told(*one) for one in wanted) if len(every) > 1 and len(wanted) <= 5 else every[0]
    return either(faults, held("forms.right_syllables", wanted=told))


def _rhymes(ends: Sequence[str], rules: Rhymes) -> Sequence[Finding]:
    """Return what is wrong by the scheme that fits best, or how it rhymes."""
    found = [(_misses(ends, scheme, rules), scheme) for scheme in rules.schemes]
    faults, scheme = min(found, key=lambda one: len(one[0]))
    near = [fault for fault in faults if fault.key == "forms.near_rhyme"]
    wrong = [fault for fault in faults if fault not in near]
    may_be_near = len(near) <= rules.nearly
    merit = [held("forms.right_rhymes", scheme=scheme)] if may_be_near and not wrong else []
    return [*wrong, *merit, *(replace(one, holds=may_be_near) for one in near)]


def _misses(ends: Sequence[str], scheme: str, rules: Rhymes) -> list[Finding]:
    misses = []
    for at, letter in enumerate(scheme):
        before = [ends[other] for other in range(at) if scheme[other] == letter]
        told: dict[str, Value] = {"line": at + 1, "word": ends[at], "scheme": scheme}
        if ends[at] in before and not rules.repeats:
            misses.append(Finding(False, "forms.repeated_word", told))
        elif before and not any(rhyme(ends[at], other) for other in before):
            is_near = any(rhyme_nearly(ends[at], other) for other in before)
            key = "forms.near_rhyme" if is_near else "forms.no_rhyme"
            misses.append(Finding(False, key, told | {"other": before[-1]}))
    return misses


def _nearest(counts: frozenset[int], least: int, most: int) -> int:
    return min(counts, key=lambda count: max(least - count, count - most))


def _told(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"
