"""A story night with votes, whose time a test moves by hand."""

from __future__ import annotations

from datetime import timedelta

from bot.choosing.ballot import Ballot
from bot.choosing.service import ChoosingService, ProposalWish
from bot.choosing.store import BallotStore
from bot.database import Database
from bot.jobs.job import Job
from bot.people import Member
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, CHANNEL, NOON
from tests.scripted import ScriptedEngine

WAYS = ("They ran to the boat.", "They hid in the cellar.", "They waited by the lamp.")


class VotingEvening(Evening):
    """An evening whose stories people choose in together."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        super().__init__(database, engine)
        self.now = NOON
        self.ballots = BallotStore(database)
        self.choosing = ChoosingService(database, self.queue, self.stories, self.ballots, lambda: self.now)

    def pass_minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    async def asked(self, *says: str, by: Member = ANA, minutes: int = 10) -> Job:
        """Have as many ways on written as the model is let say, and return their job as it ended."""
        for text in says:
            self.engine.enqueue([text])
        wish = ProposalWish(len(says), minutes)
        return await self.ended(await self.choosing.propose(by, CHANNEL, HERE, wish))

    async def put_to_vote(self, *says: str, by: Member = ANA) -> Ballot:
        """Have ways on written and return the vote on them."""
        job = await self.asked(*(says or WAYS), by=by)
        assert job.result is not None, job.error
        return await self.choosing.ballot(job.result["ballot_id"])

    async def votes(self, ballot: Ballot, **numbers: int) -> Ballot:
        """Let members vote, each called by a name."""
        for place, number in enumerate(numbers.values()):
            voter = Member(500 + place, "Somebody", CHANNEL.server_id)
            ballot = await self.choosing.vote(voter, CHANNEL, ballot.id, number)
        return ballot

    async def closed(self, ballot: Ballot) -> Ballot:
        """Close a vote as its asker, and return what came of it."""
        return await self.choosing.close_now(ANA, CHANNEL, ballot.id)
