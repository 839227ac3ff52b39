"""How long the line may grow; over a bound a member gets a sentence and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import LineFull


@dataclass(frozen=True, slots=True)
class LineLengths:
    """How many jobs wait now: the member's own, her server's, and all."""

    member: int
    server: int
    total: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most jobs that may wait for one member, for one server, and in all."""

    per_member: int = 5
    per_server: int = 50
    total: int = 200

    def check(self, waiting: LineLengths) -> None:
        """Raise `LineFull`, naming the bound, unless one more job may join those that wait."""
        if waiting.member >= self.per_member:
            raise LineFull("jobs.full_for_member", count=self.per_member)
        if waiting.server >= self.per_server:
            raise LineFull("jobs.full_for_server", count=self.per_server)
        if waiting.total >= self.total:
            raise LineFull("jobs.full_for_all", count=self.total)
