"""One vote each, the most votes win, of equals the earliest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.choosing.ballot import Ballot, Outcome, Proposal
from bot.choosing.rules import check_may_close, check_open, check_wish, vote_after, winner_of
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, NOON, a_story

OPEN = Ballot(1, 1, 10, 1, None, 1, BEN.id, NOON, None, None, None, (Proposal(1, 11), Proposal(2, 12)))


@pytest.mark.parametrize(("votes", "wins"), [((1, 3, 2), 2), ((2, 2, 1), 1), ((0, 1, 1), 2), ((0, 0, 0), None)])
def test_the_most_votes_win_and_of_equals_the_earliest(votes: tuple[int, ...], wins: int | None) -> None:
    winner = winner_of([Proposal(number, 10 + number, count) for number, count in enumerate(votes, start=1)])
    assert (winner.number if winner else None) == wins


def test_a_press_votes_changes_the_vote_and_takes_it_back() -> None:
    assert [vote_after(None, 2), vote_after(2, 1), vote_after(2, 2)] == [2, 1, None]


def test_a_vote_ends_with_its_time_even_before_anyone_has_counted() -> None:
    check_open(OPEN, NOON - timedelta(seconds=1))
    with refused("choosing.closed"):
        check_open(OPEN, NOON)
    with refused("choosing.closed"):
        check_open(replace(OPEN, closed_at=NOON), NOON - timedelta(minutes=5))


def test_who_asked_hosts_and_admins_may_close_a_vote() -> None:
    for member in (ANA, BEN, ADMIN):
        check_may_close(member, a_story(), OPEN)
    with refused("choosing.not_yours"):
        check_may_close(CEM, a_story(), OPEN)


@pytest.mark.parametrize(
    ("count", "minutes", "key"),
    [(1, 10, "choosing.count"), (5, 10, "choosing.count"), (3, 0, "choosing.minutes"), (3, 1441, "choosing.minutes")],
)
def test_proposals_and_time_are_bounded(count: int, minutes: int, key: str) -> None:
    with refused(key):
        check_wish(count, minutes)


def test_a_tie_is_told_from_a_clear_win() -> None:
    closed = replace(OPEN, outcome=Outcome.CANON, winner=1, proposals=(Proposal(1, 11, 2), Proposal(2, 12, 2)))
    assert closed.was_tied
    assert not replace(closed, proposals=(Proposal(1, 11, 2), Proposal(2, 12, 1))).was_tied
    assert not replace(closed, winner=None).was_tied
