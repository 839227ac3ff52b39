"""Dialogue: turns of people who are named at their beginning. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.forms.lines import lines_in
from bot.forms.verdict import Finding, Verdict, either, failed, held, in_range

_TURN = re.compile(r"(?P<name>[^\W\d_][^:\uff1a.!?]{0,30}?)(?:\s*\([^)]*\))?[*_]*\s*[:\uff1a][*_]*\s*(?P<words>\S.*)?")
_ASIDE = re.compile(r"[(\[].*[)\]]")


def check_dialogue(text: str, *, turns: Sequence[int], speakers: Sequence[int]) -> Verdict:
    """Hold a text against a least and a most number of turns and of people; lines in brackets are directions."""
    lines = [line for line in lines_in(text) if not _ASIDE.fullmatch(line)]
    found = [_TURN.fullmatch(line) for line in lines]
    names = [turn["name"].strip().casefold() for turn in found if turn]
    return Verdict(
        (
            in_range(len(names), turns, "forms.right_turns", "forms.wrong_turns"),
            in_range(len(set(names)), speakers, "forms.right_speakers", "forms.wrong_speakers"),
            *either(_nameless(found), held("forms.all_named")),
        )
    )


def _nameless(found: Sequence[re.Match[str] | None]) -> Sequence[Finding]:
    """Return the first line that nobody says, and the first turn without words."""
    nobody = [number for number, turn in enumerate(found, start=1) if turn is None]
    silent = [number for number, turn in enumerate(found, start=1) if turn and not turn["words"]]
    return [
        *(failed("forms.said_by_nobody", line=number) for number in nobody[:1]),
        *(failed("forms.says_nothing", line=number) for number in silent[:1]),
    ]
