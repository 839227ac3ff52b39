"""The ghazal: couplets that end in one refrain (radif), each time after a rhyme (qafia). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.forms.english import guessed, rhyme, words_in
from bot.forms.lines import lines_in
from bot.forms.verdict import Finding, Verdict, either, failed, held


def check_ghazal(text: str, *, couplets: int, most_couplets: int) -> Verdict:
    """Hold a poem against the form: so many couplets, the refrain in both lines of the first, then in every second."""
    lines = [words_in(line) for line in lines_in(text)]
    findings = _couplets(len(lines), couplets, most_couplets)
    ends = {1: lines[0]} if lines else {}
    ends |= {number: lines[number - 1] for number in range(2, len(lines) + 1, 2)}
    if len(ends) < 2:
        return Verdict(tuple(findings))
    refrain = _refrain(ends[1], ends[2])
    findings += _refrains(ends, refrain)
    if not refrain:
        return Verdict(tuple(findings))
    before = {number: words[: -len(refrain)] for number, words in ends.items()}
    rhymed = [words[-1] for words in before.values() if words]
    return Verdict((*findings, *_rhymes(before)), tuple(guessed(rhymed)))


def _couplets(lines: int, least: int, most: int) -> list[Finding]:
    if lines % 2:
        return [failed("forms.odd_lines", count=lines)]
    right = least <= lines // 2 <= most
    return [
        held("forms.right_couplets", count=lines // 2)
        if right
        else failed("forms.wrong_couplets", count=lines // 2, least=least, most=most)
    ]


def _refrain(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """Return the words that both lines end with, leaving at least one word before them."""
    length = 0
    while length + 1 < min(len(one), len(other)) and one[-length - 1] == other[-length - 1]:
        length += 1
    return one[len(one) - length :]


def _refrains(ends: Mapping[int, Sequence[str]], refrain: Sequence[str]) -> Sequence[Finding]:
    if not refrain:
        return [failed("forms.no_refrain")]
    size, told = len(refrain), " ".join(refrain)
    faults = [
        failed("forms.missing_refrain", line=number, refrain=told)
        for number, words in ends.items()
        if list(words[-size:]) != list(refrain)
    ]
    return either(faults, held("forms.right_refrain", refrain=told))


def _rhymes(before: Mapping[int, Sequence[str]]) -> Sequence[Finding]:
    """Return what of the words before the refrain does not rhyme with that of the first line."""
    first, *_ = before.values()
    faults = [
        failed("forms.no_qafia", line=number, word=words[-1] if words else "…", other=first[-1])
        for number, words in before.items()
        if not words or not rhyme(words[-1], first[-1])
    ]
    return either(faults, held("forms.right_qafia", word=first[-1]))
