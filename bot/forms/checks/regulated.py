"""Jueju, four regulated lines of five or seven characters: length, rhyme and tones. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.forms.checks.hanzi_lines import ends_of, length_faults, rhyme_faults
from bot.forms.hanzi import Tone, tones, units_in
from bot.forms.verdict import Finding, Verdict, either, failed, held

_LINES = 4
_RHYMED, _UNRHYMED = (2, 4), 3


def check_regulated(text: str, *, characters: int) -> Verdict:
    """Hold four lines against the rules: characters a line, a level rhyme in the even ones, tones that alternate."""
    units = units_in(text)
    faults = length_faults(units, [characters] * _LINES)
    if faults:
        return Verdict(tuple(faults))
    return Verdict(
        (
            held("forms.right_characters", count=_LINES, characters=characters),
            *either(
                rhyme_faults(units, _RHYMED, Tone.LEVEL), held("forms.right_level_rhyme", ends=ends_of(units, _RHYMED))
            ),
            *either(_tones(units), held("forms.right_tones")),
        )
    )


def _tones(units: Sequence[str]) -> Sequence[Finding]:
    """Return what is wrong by the pattern that fits best: one begins level, the other oblique.

    Only every second character counts, and the last of the third line, which does not rhyme. Within a line the tones
    alternate; the lines of a couplet are opposite, and the second couplet takes up the first one's second line.
    """
    return min((_mismatches(units, start) for start in Tone), key=len)


def _mismatches(units: Sequence[str], start: Tone) -> Sequence[Finding]:
    firsts = (start, start.opposite, start.opposite, start)
    faults: list[Finding] = []
    for number, (unit, tone) in enumerate(zip(units, firsts, strict=True), start=1):
        for at in range(1, len(unit) - 1, 2):
            if not (number not in _RHYMED and _is_turned(unit, at, tone)):
                faults += _mismatch(unit, at, number, tone)
            tone = tone.opposite
        if number == _UNRHYMED:
            faults += _mismatch(unit, len(unit) - 1, number, Tone.OBLIQUE)
    return faults


def _is_turned(unit: str, at: int, wanted: Tone) -> bool:
    """Say whether the third and the second character from the end have changed places, as unrhymed lines may."""
    return at == len(unit) - 2 and wanted is Tone.OBLIQUE and Tone.OBLIQUE in tones(unit[at - 1])


def _mismatch(unit: str, at: int, line: int, wanted: Tone) -> Sequence[Finding]:
    if wanted in tones(unit[at]):
        return []
    key = "forms.not_level" if wanted is Tone.LEVEL else "forms.not_oblique"
    return [failed(key, line=line, place=at + 1, character=unit[at])]
