"""Words of a passage told by their place in it, so that nothing that quotes keeps what its writer has Salon forget."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.quotes import find_quote
from bot.stories.story import Passage


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The characters from `start` to `end` of a passage whose text had the print `of`."""

    passage_id: int
    start: int
    end: int
    of: str

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Excerpt:
        """Return what `told` told."""
        return cls(**told)

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    def words_in(self, passage: Passage) -> str | None:
        """Return the words as they stand in their passage; None once that reads differently or was removed."""
        is_same = passage.id == self.passage_id and not passage.removed and _print_of(passage.text) == self.of
        return passage.text[self.start : self.end] if is_same else None

    def overlaps(self, other: Excerpt) -> bool:
        """Say whether two excerpts share words."""
        return self.passage_id == other.passage_id and self.start < other.end and other.start < self.end


def find_excerpt(passages: Iterable[Passage], quote: str) -> Excerpt | None:
    """Return where a quote truly stands, in the first passage that holds it; None where none does."""
    for passage in passages:
        found = None if passage.removed else find_quote(passage.text, quote)
        if found:
            return Excerpt(passage.id, found.start, found.end, _print_of(passage.text))
    return None


def words_by_passage(excerpts: Iterable[Excerpt], passages: Iterable[Passage]) -> dict[Excerpt, str]:
    """Return the words of those excerpts that still stand in their passages."""
    by_id = {passage.id: passage for passage in passages}
    found = {each: each.words_in(by_id[each.passage_id]) for each in excerpts if each.passage_id in by_id}
    return {excerpt: words for excerpt, words in found.items() if words is not None}


def _print_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
