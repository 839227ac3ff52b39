"""What all Chinese verse is held against: the length of its lines and their rhyme. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.forms.hanzi import Tone, rhyme_groups, tones
from bot.forms.verdict import Finding, failed


def length_faults(units: Sequence[str], characters: Sequence[int]) -> Sequence[Finding]:
    """Return what is wrong with the number of lines or, where that is right, with the number of characters in each."""
    if len(units) != len(characters):
        return [failed("forms.wrong_lines", count=len(units), wanted=len(characters))]
    return [
        failed("forms.wrong_characters", line=number, count=len(unit), wanted=wanted)
        for number, (unit, wanted) in enumerate(zip(units, characters, strict=True), start=1)
        if len(unit) != wanted
    ]


def rhyme_faults(units: Sequence[str], numbers: Sequence[int], tone: Tone) -> Sequence[Finding]:
    """Return which of the lines (counted from 1) do not rhyme in the most common group, or not in this tone."""
    ends = {number: units[number - 1][-1] for number in numbers}
    groups = [group for end in ends.values() for group in rhyme_groups(end)]
    common = max(sorted(set(groups)), key=groups.count, default="")
    if len(set(ends.values())) == 1:
        return [failed("forms.one_rhyme_word", character=units[numbers[0] - 1][-1])]
    apart = [
        failed("forms.no_hanzi_rhyme", line=number, character=end)
        for number, end in ends.items()
        if common not in rhyme_groups(end)
    ]
    key = "forms.rhyme_not_level" if tone is Tone.LEVEL else "forms.rhyme_not_oblique"
    return apart + [failed(key, line=number, character=end) for number, end in ends.items() if tone not in tones(end)]


def ends_of(units: Sequence[str], numbers: Sequence[int]) -> str:
    """Return the last characters of these lines, to be told."""
    return " · ".join(units[number - 1][-1] for number in numbers)
