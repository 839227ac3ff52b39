"""What somebody is told who comes back: what is long ago in short, and the last passages word for word. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.remembering import Summary
from bot.stories.story import Passage

RECAP_CHARACTERS = 5_000
"""About three pages: so much is read word for word before anything is told in short."""


def in_short(missed: Sequence[Passage], summaries: Sequence[Summary]) -> tuple[Summary, ...]:
    """Return the summaries that tell the beginning of what was missed; none where all of that is short."""
    told_whole = len(missed)
    room = RECAP_CHARACTERS
    while told_whole and (room := room - len(missed[told_whole - 1].text)) >= 0:
        told_whole -= 1
    if not told_whole:
        return ()
    first, end = missed[0].id, missed[min(told_whole, len(missed) - 1)].id
    return tuple(one for one in summaries if first <= one.last_id < end)
