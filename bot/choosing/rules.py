"""The rules of choosing together. Pure: each says what follows, or raises the error that tells the member why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.choosing.ballot import Ballot, Proposal
from bot.errors import BadInput, NotAllowed
from bot.people import Member
from bot.stories.rules import is_host
from bot.stories.story import Story

LEAST, MOST, USUAL = 2, 4, 3
MINUTES_MOST, MINUTES_USUAL = 24 * 60, 10


def check_wish(count: int, minutes: int) -> None:
    """Bound how many proposals are written, and how long the vote on them is open."""
    if not LEAST <= count <= MOST:
        raise BadInput("choosing.count", least=LEAST, most=MOST)
    if not 1 <= minutes <= MINUTES_MOST:
        raise BadInput("choosing.minutes", most=MINUTES_MOST)


def check_open(ballot: Ballot, now: datetime) -> None:
    """Take votes until the end, whether or not anyone has come to count them by then."""
    if ballot.closed_at is not None or now >= ballot.ends_at:
        raise NotAllowed("choosing.closed")


def check_may_close(member: Member, story: Story, ballot: Ballot) -> None:
    """Let who asked for the proposals, the story's host and admins end the vote before its time."""
    if member.id != ballot.asked_by_id and not is_host(member, story):
        raise NotAllowed("choosing.not_yours")


def vote_after(before: int | None, pressed: int) -> int | None:
    """Return a member's vote after she pressed a number: one vote each; the same number again takes it back."""
    return None if pressed == before else pressed


def winner_of(proposals: Sequence[Proposal]) -> Proposal | None:
    """Return the proposal with the most votes, of equals the earliest; None where nobody voted."""
    best = max(proposals, key=lambda proposal: (proposal.votes, -proposal.number))
    return best if best.votes else None
