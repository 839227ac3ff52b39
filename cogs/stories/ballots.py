"""How a vote looks: the proposals in full with a button each, and then what won."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import discord

from bot.choosing.ballot import Ballot, Outcome
from bot.choosing.service import ChoosingService
from bot.delivery.draft import Draft
from bot.delivery.views import SalonView
from bot.jobs.job import Job
from bot.people import Member
from bot.stories.service import StoryService
from bot.stories.story import Passage
from bot.words import say
from cogs.buttons import Button, StateButton
from cogs.stories.show import credit_of, draft_of


class BallotPresenter:
    """Presents jobs of the kind `story.propose`, as their vote stands."""

    def __init__(self, choosing: ChoosingService, stories: StoryService) -> None:
        self._choosing = choosing
        self._stories = stories

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Draft nothing: the proposals come by themselves."""
        return ()

    async def present(self, job: Job) -> Draft:
        """Draft the proposals while their vote is open, and the winner once it is closed."""
        ballot = await self._choosing.ballot((job.result or {})["ballot_id"])
        asker = Member(job.member_id, "", job.server_id)
        passages = [await self._stories.passage(asker, proposal.passage_id) for proposal in ballot.proposals]
        if ballot.chosen:
            return _chosen(ballot, passages[ballot.chosen.number - 1])
        return _proposed(ballot, passages)


def ballot_buttons(ballot: Ballot) -> SalonView:
    """Offer a vote for each proposal, with how many it has, and the end of it all."""
    view = SalonView()
    for proposal in ballot.proposals:
        label = say("story.button_vote", number=proposal.number, count=proposal.votes)
        button = Button(label=label, style=discord.ButtonStyle.primary)
        view.add_item(StateButton(button, "vote", ballot.id, proposal.number))
    return view.add_item(StateButton(Button(label=say("story.button_close_vote"), row=1), "close_vote", ballot.id))


def _proposed(ballot: Ballot, passages: Sequence[Passage]) -> Draft:
    """Draft all proposals, in full and numbered, below what is to be done with them."""
    if ballot.outcome is Outcome.NO_VOTES:
        head = say("story.vote_without_votes")
    else:
        ends = discord.utils.format_dt(ballot.ends_at, "R")
        head = say("story.vote_open", count=len(passages), ends=ends)
    told = (f"### {number}\n{passage.text}" for number, passage in enumerate(passages, start=1))
    view = partial(ballot_buttons, ballot) if ballot.closed_at is None else None
    return Draft("\n\n".join([head, *told]), credit_of(passages[0]), say("delivery.goes_on"), view)


def _chosen(ballot: Ballot, winner: Passage) -> Draft:
    """Draft the winner with what can follow it; where it stands apart, with the way there."""
    assert ballot.chosen is not None
    key = "story.vote_tied" if ballot.was_tied else "story.vote_won"
    result = say(key, number=ballot.chosen.number, votes=ballot.chosen.votes, count=ballot.votes)
    draft = draft_of(winner)
    if ballot.outcome is Outcome.CANON:
        return replace(draft, credit=f"{draft.credit} · {result}")
    return replace(
        draft, credit=f"{draft.credit} · {result} · {say('story.vote_apart')}", view=partial(_way_to, winner.id)
    )


def _way_to(passage_id: int) -> SalonView:
    button = Button(label=say("story.button_go_there"), style=discord.ButtonStyle.primary)
    return SalonView(StateButton(button, "redo", passage_id))
