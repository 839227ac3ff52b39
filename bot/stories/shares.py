"""Who wrote how much of a story, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.stories.answers import Share
from bot.stories.story import Passage

# Scripts without spaces between words: each character is counted as one.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w'’-])*\w(?:(?![{_UNSPACED}])[\w'’-])*")


def count_words(text: str) -> int:
    """Count the words of a text; in Chinese and Japanese, the characters."""
    return sum(1 for _ in _WORD.finditer(text))


def percentages(amounts: Sequence[int]) -> list[int]:
    """Return each amount's whole percentage: by the largest remainder method they sum to 100, or to 0 of nothing."""
    total = sum(amounts) or 1
    parts = [divmod(100 * amount, total) for amount in amounts]
    missing = sum(remainder for _, remainder in parts) // total
    by_remainder = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    raised = frozenset(by_remainder[:missing])
    return [percent + (index in raised) for index, (percent, _) in enumerate(parts)]


def shares_of(path: Iterable[Passage]) -> tuple[Share, ...]:
    """Return every contributor's part of a path, the largest first; removed passages are nobody's."""
    passages: dict[tuple[bool, int | None], list[Passage]] = {}
    for passage in path:
        if not passage.removed:
            passages.setdefault((passage.by_ai, passage.author_id), []).append(passage)
    counted = [(theirs, sum(count_words(passage.text) for passage in theirs)) for theirs in passages.values()]
    counted.sort(key=lambda contribution: -contribution[1])
    percents = percentages([words for _, words in counted])
    return tuple(
        Share(theirs[-1].author_name, len(theirs), words, percent, theirs[-1].by_ai)
        for (theirs, words), percent in zip(counted, percents, strict=True)
    )
