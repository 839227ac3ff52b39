"""What a check found: what of a form holds in a text and what does not, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.words import Value, say


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a text that holds or does not; its sentence is the key's in bot/words with the values in it."""

    holds: bool
    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in a few words."""
        return say(self.key, **self.values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings about a text; `guessed` are words whose sound was told by their spelling alone."""

    findings: tuple[Finding, ...]
    guessed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether the text keeps its form."""
        return not self.faults

    @property
    def faults(self) -> Sequence[Finding]:
        """Return what does not hold."""
        return [finding for finding in self.findings if not finding.holds]

    @property
    def merits(self) -> Sequence[Finding]:
        """Return what holds."""
        return [finding for finding in self.findings if finding.holds]


def held(key: str, **values: Value) -> Finding:
    """Find that something holds."""
    return Finding(True, key, values)


def failed(key: str, **values: Value) -> Finding:
    """Find that something does not hold."""
    return Finding(False, key, values)


def at_least(count: int, least: int, right: str, wrong: str) -> Finding:
    """Find whether there are enough of something; the sentences take `count`, and the wrong one `least`."""
    return held(right, count=count) if count >= least else failed(wrong, count=count, least=least)


def in_range(count: int, bounds: Sequence[int], right: str, wrong: str) -> Finding:
    """Find whether a number is within its bounds; the sentences take `count`, and the wrong one `least` and `most`."""
    least, most = bounds
    return held(right, count=count) if least <= count <= most else failed(wrong, count=count, least=least, most=most)


def either(faults: Sequence[Finding], merit: Finding) -> Sequence[Finding]:
    """Return the faults or, where there are none, what holds instead."""
    return faults or [merit]
