"""Ci, words to an old tune (cipai): the length of each line, which lines rhyme, which one is sung again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.forms.checks.hanzi_lines import ends_of, length_faults, rhyme_faults
from bot.forms.hanzi import Tone, units_in
from bot.forms.verdict import Finding, Verdict, either, failed, held


def check_tune(
    text: str,
    *,
    characters: Sequence[int],
    rhymed: Sequence[int],
    tone: str,
    again: Mapping[str, int] | None = None,
) -> Verdict:
    """Hold words against a tune; lines count from 1, and `again` says which line repeats which."""
    units = units_in(text)
    faults = length_faults(units, characters)
    if faults:
        return Verdict(tuple(faults))
    return Verdict(
        (
            held("forms.right_tune", characters=" · ".join(map(str, characters))),
            *either(
                rhyme_faults(units, rhymed, Tone(tone)), held("forms.right_hanzi_rhyme", ends=ends_of(units, rhymed))
            ),
            *_repeats(units, again or {}),
        )
    )


def _repeats(units: Sequence[str], again: Mapping[str, int]) -> Sequence[Finding]:
    return [
        failed("forms.not_again", line=number, other=other)
        for number, other in ((int(number), other) for number, other in again.items())
        if units[number - 1] != units[other - 1]
    ]
