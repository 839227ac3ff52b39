"""Prose and free verse: how long, in how many parts, and whether it comes to an end. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.forms.lines import lines_in, paragraphs_in
from bot.forms.verdict import Verdict, failed, held, in_range
from bot.stories.shares import count_words

_END = re.compile(r"[.!?…\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'”’»)\]*_\u300d\u300f]*\Z")


def check_prose(
    text: str,
    *,
    words: Sequence[int],
    paragraphs: Sequence[int] = (),
    lines: Sequence[int] = (),
    ends: bool = True,
) -> Verdict:
    """Hold a text against a least and a most number of words, paragraphs and lines, and a last sentence with an end."""
    findings = [in_range(count_words(text), words, "forms.right_words", "forms.wrong_words")]
    if paragraphs:
        count = len(paragraphs_in(text))
        findings.append(in_range(count, paragraphs, "forms.right_paragraphs", "forms.wrong_paragraphs"))
    if lines:
        findings.append(in_range(len(lines_in(text)), lines, "forms.right_lines", "forms.unfit_lines"))
    if ends:
        findings.append(held("forms.ends") if _END.search(text.strip()) else failed("forms.breaks_off"))
    return Verdict(tuple(findings))
