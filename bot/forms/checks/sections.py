"""Lyrics: sections under headings in square brackets, verses and a chorus among them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.forms.lines import lines_in
from bot.forms.verdict import Finding, Verdict, at_least, either, failed, held

_HEADING = re.compile(r"\[\s*(?P<kind>[^\W\d_]+(?:-[^\W\d_]+)?)[^\]]*\]")


@dataclass(slots=True)
class _Section:
    kind: str
    lines: list[str] = field(default_factory=list)


def check_lyrics(text: str, *, verses: int, choruses: int, lines: int) -> Verdict:
    """Hold lyrics against so many verses, choruses, and lines in each; a chorus that comes again may be its heading."""
    sections = _sections(text)
    kinds = [section.kind for section in sections]
    findings = [
        at_least(kinds.count("verse"), verses, "forms.right_verses", "forms.wrong_verses"),
        at_least(kinds.count("chorus"), choruses, "forms.right_choruses", "forms.wrong_choruses"),
    ]
    if sections and not sections[0].kind:
        findings.append(failed("forms.before_heading"))
    return Verdict((*findings, *either(_short(sections, lines), held("forms.right_sections", count=len(sections)))))


def _sections(text: str) -> list[_Section]:
    """Return the sections in their order; words before the first heading are one of no kind."""
    sections: list[_Section] = []
    for line in lines_in(text):
        heading = _HEADING.fullmatch(line.rstrip(":").strip())
        if heading:
            sections.append(_Section(heading["kind"].lower()))
        else:
            if not sections:
                sections.append(_Section(""))
            sections[-1].lines.append(line)
    return sections


def _short(sections: Sequence[_Section], least: int) -> Sequence[Finding]:
    sung: set[str] = set()
    faults = []
    for number, section in enumerate(sections, start=1):
        comes_again = section.kind in sung and not section.lines
        if section.kind in ("verse", "chorus") and len(section.lines) < least and not comes_again:
            faults.append(failed("forms.short_section", section=number, kind=section.kind, count=len(section.lines)))
        sung.add(section.kind)
    return faults
