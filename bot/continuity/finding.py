"""What is found while a story is read for contradictions: kept with its job as JSON, words by their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.honesty import honest
from bot.stories.excerpts import Excerpt, find_excerpt
from bot.stories.story import Passage

FOUND_MAX = 5
SAID_MAX = 2
_QUOTING = ("First", "Second")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of a story that cannot both be true, and why."""

    first: Excerpt
    second: Excerpt
    what: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found so far; `facts` are sentences that later parts are held against.

    `untrue` counts what was left out because its quotes do not stand in two places; `said` is what the AI answered
    where it gave no structure.
    """

    found: tuple[Contradiction, ...] = ()
    facts: tuple[Excerpt, ...] = ()
    untrue: int = 0
    said: tuple[str, ...] = ()

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Findings:
        """Return what `told` told."""
        found = (Contradiction(Excerpt.read(a), Excerpt.read(b), what) for a, b, what in told["found"])
        return cls(tuple(found), tuple(map(Excerpt.read, told["facts"])), told["untrue"], tuple(told["said"]))

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        found = [[one.first.told(), one.second.told(), one.what] for one in self.found]
        return {"found": found, "facts": [fact.told() for fact in self.facts], "untrue": self.untrue, "said": self.said}

    @property
    def are_enough(self) -> bool:
        """Say whether to read no further: as much is found as is shown, or too little comes with any structure."""
        return len(self.found) >= FOUND_MAX or len(self.said) >= SAID_MAX

    def with_clash(self, passages: Sequence[Passage], first: str, second: str, what: str) -> Findings:
        """Add a contradiction between two quotes, or count it where they, or those in what is said, do not stand."""
        places = find_excerpt(passages, first), find_excerpt(passages, second)
        what = honest(_text_of(passages), what)
        if places[0] is None or places[1] is None or places[0].overlaps(places[1]) or not what:
            return replace(self, untrue=self.untrue + 1)
        if len(self.found) >= FOUND_MAX or any({one.first, one.second} == set(places) for one in self.found):
            return self
        return replace(self, found=(*self.found, Contradiction(places[0], places[1], what)))

    def with_said(self, passages: Sequence[Passage], text: str) -> Findings:
        """Add what was answered without structure, as far as it quotes nothing else than the passages."""
        return replace(self, said=(*self.said, honest(_text_of(passages), text, _QUOTING)))

    def with_fact(self, passages: Sequence[Passage], quote: str) -> Findings:
        """Add a sentence to hold later parts against, if it stands in a passage."""
        place = find_excerpt(passages, quote)
        return replace(self, facts=(*self.facts, place)) if place and place not in self.facts else self


def _text_of(passages: Sequence[Passage]) -> str:
    return "\n\n".join(passage.text for passage in passages if not passage.removed)
