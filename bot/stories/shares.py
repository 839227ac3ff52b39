"""Who wrote how much of a story, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.stories.answers import Share
from bot.stories.story import Passage

# Scripts without spaces between words: each character is counted as one.
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[\w'’-])*\w(?:(?![{_UNSPACED}])[\w'’-])*")


def count_words(text: str) -> int:
    """Count the words of a text; in Chinese and Japanese, the characters."""
    return sum(1 for _ in _WORD.finditer(text))


def shares_of(path: Iterable[Passage]) -> tuple[Share, ...]:
    """Return every contributor's part of a path, the largest first; removed passages are nobody's."""
    passages: dict[tuple[bool, int | None], list[Passage]] = {}
    for passage in path:
        if not passage.removed:
            passages.setdefault((passage.by_ai, passage.author_id), []).append(passage)
    counted = [(theirs, sum(count_words(passage.text) for passage in theirs)) for theirs in passages.values()]
    total = sum(words for _, words in counted) or 1
    shares = (
        Share(theirs[-1].author_name, len(theirs), words, words / total, theirs[-1].by_ai) for theirs, words in counted
    )
    return tuple(sorted(shares, key=lambda share: -share.words))
