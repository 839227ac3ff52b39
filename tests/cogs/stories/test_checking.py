"""What a check came to, told honestly."""

from __future__ import annotations

import pytest

from bot.continuity.service import Place, Report
from cogs.stories.checking import report_in_words

FOUND = ((Place("He drowned.", 1, "Ada"), Place("He laughed.", 3, "Ben"), "He is dead."),)


@pytest.mark.parametrize(
    ("report", "last_line"),
    [
        (Report((), 1, 3, 0, 0, ()), "No contradiction found in passages 1 to 3."),
        (Report(FOUND, 1, 3, 0, 0, ()), "-# Read: passages 1 to 3."),
        (Report((), 1, 3, 0, 0, ("Perhaps the keeper.",)), "-# Read: passages 1 to 3."),
    ],
)
def test_only_where_nothing_at_all_was_told_no_contradiction_was_found(report: Report, last_line: str) -> None:
    assert report_in_words(report).splitlines()[-1].startswith(last_line)
