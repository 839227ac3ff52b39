"""A vote on how a story goes on, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PROPOSE = "story.propose"


class Outcome(StrEnum):
    """What came of a vote: the winner is where the story goes on, or a branch apart from it; or nobody voted."""

    CANON = "canon"
    APART = "apart"
    NO_VOTES = "no_votes"


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A vote about to be opened; the passages are its proposals, numbered from 1 on."""

    server_id: int
    channel_id: int
    story_id: int
    parent_id: int | None
    job_id: int
    asked_by_id: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way in which the story could go on, and how many are for it."""

    number: int
    passage_id: int
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on what follows the passage `parent_id` (None is the story's beginning).

    `asked_by_id` is None once who asked had herself forgotten. `winner` is the number of a proposal.
    """

    id: int
    server_id: int
    channel_id: int
    story_id: int
    parent_id: int | None
    job_id: int
    asked_by_id: int | None
    ends_at: datetime
    closed_at: datetime | None
    outcome: Outcome | None
    winner: int | None
    proposals: tuple[Proposal, ...]

    @property
    def votes(self) -> int:
        """Return how many have voted."""
        return sum(proposal.votes for proposal in self.proposals)

    @property
    def chosen(self) -> Proposal | None:
        """Return the proposal that won."""
        return next((proposal for proposal in self.proposals if proposal.number == self.winner), None)

    @property
    def was_tied(self) -> bool:
        """Say whether another proposal had as many votes as the one that won."""
        chosen = self.chosen
        return chosen is not None and sum(proposal.votes == chosen.votes for proposal in self.proposals) > 1
