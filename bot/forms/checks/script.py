"""Scripts in Fountain: scenes under headings, people's names in capitals above what they say. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.verdict import Finding, Verdict, at_least, either, failed, held

_HEADING = re.compile(r"(?:\.(?!\.)\S|(?:INT|EXT|EST|INT\./EXT|INT/EXT|I/E)[. ]).*", re.IGNORECASE)
_TRANSITION = re.compile(r"(?:>.*|[A-Z ]+TO:)")
_CUE = re.compile(r"@.+|(?=.*[A-Z])[^a-z]+(?:\s*\([^)]*\))?(?:\s*\^)?")
_BLANK = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was found in a script: line numbers of its headings, its cues by name, and cues without a word below."""

    headings: tuple[int, ...]
    names: tuple[str, ...]
    silent: tuple[tuple[int, str], ...]


def check_script(text: str, *, scenes: int, speakers: int, speeches: int) -> Verdict:
    """Hold a script against so many scenes, people who speak, and speeches; it begins with a scene's heading."""
    lines = [line.strip() for line in text.strip().splitlines()]
    read = _read(lines)
    return Verdict(
        (
            *_opening(read),
            at_least(len(read.headings), scenes, "forms.right_scenes", "forms.wrong_scenes"),
            at_least(len(set(read.names)), speakers, "forms.right_speakers", "forms.few_speakers"),
            at_least(len(read.names), speeches, "forms.right_speeches", "forms.wrong_speeches"),
            *either(
                [failed("forms.silent_cue", line=number, name=name) for number, name in read.silent[:3]],
                held("forms.every_cue_speaks"),
            ),
        )
    )


def _read(lines: Sequence[str]) -> _Reading:
    """Read a script line by line: a heading or a cue stands after a blank line, a speech right under its cue."""
    headings, names, silent = [], [], []
    for at, line in enumerate(lines):
        after_blank = at == 0 or lines[at - 1] == _BLANK
        if not line or not after_blank:
            continue
        if _HEADING.fullmatch(line):
            headings.append(at + 1)
        elif _CUE.fullmatch(line) and not _TRANSITION.fullmatch(line):
            name = _name_of(line)
            speaks = at + 1 < len(lines) and lines[at + 1] != _BLANK
            if speaks:
                names.append(name)
            else:
                silent.append((at + 1, name))
    return _Reading(tuple(headings), tuple(names), tuple(silent))


def _name_of(cue: str) -> str:
    return cue.lstrip("@").partition("(")[0].rstrip("^ ").strip().upper()


def _opening(read: _Reading) -> Sequence[Finding]:
    return [] if read.headings[:1] == (1,) else [failed("forms.no_opening_heading")]
