"""Choosing together, as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.choosing import rules
from bot.choosing.ballot import PROPOSE, Ballot, Outcome
from bot.choosing.proposing import Proposing
from bot.choosing.store import BallotStore
from bot.clock import Clock
from bot.database import Database
from bot.errors import NotAllowed, NotFound
from bot.jobs.job import Job, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.safety import clean_optional
from bot.stories.rules import STEER_MAX, check_length
from bot.stories.service import StoryService
from bot.stories.story import Length
from bot.stories.writing import lane_of


@dataclass(frozen=True, slots=True)
class ProposalWish:
    """What is to be proposed: how many ways on, how long the vote is open, and what the AI is told."""

    count: int = rules.USUAL
    minutes: int = rules.MINUTES_USUAL
    steer: str = ""
    length: Length | None = None


@dataclass(frozen=True)
class ChoosingService:
    """All that can be done with votes; made once, it has proposals written in the line too.

    A vote ends once, by its time or by who may end it; `watchers` are called when one has been opened.
    """

    database: Database
    queue: JobQueue
    stories: StoryService
    ballots: BallotStore
    clock: Clock
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue.register(PROPOSE, Proposing(self.stories.hand, self.ballots, self.clock, self._tell_watchers))

    async def propose(
        self, member: Member, channel: Channel, reply: ReplyPlace, wish: ProposalWish, story_id: int | None = None
    ) -> Job:
        """Have several continuations written and put to the vote; of one story there is one vote at a time."""
        rules.check_wish(wish.count, wish.minutes)
        steer = check_length(clean_optional(wish.steer), STEER_MAX, "stories.long_steer")
        asked = {"count": wish.count, "minutes": wish.minutes, "steer": steer, "length": wish.length}
        async with self.database.transaction():
            story = await self.stories.check_may_ask(member, channel, story_id)
            if await self.ballots.open_in(story.id):
                raise NotAllowed("choosing.is_open")
            if self.queue.is_pending(PROPOSE, lane_of(story)):
                raise NotAllowed("choosing.is_written")
            return await self.stories.let_ai(PROPOSE, member, channel, reply, asked, story.id)

    async def ballot(self, ballot_id: int) -> Ballot:
        """Return a vote as it stands."""
        ballot = await self.ballots.get(ballot_id)
        if ballot is None:
            raise NotFound("choosing.unknown")
        return ballot

    async def vote(self, member: Member, channel: Channel, ballot_id: int, number: int) -> Ballot:
        """Give a member's one vote to a proposal, or take it back from it; anyone who sees the channel may."""
        async with self.database.transaction():
            ballot = await self._here(channel, ballot_id)
            rules.check_open(ballot, self.clock())
            if number not in [proposal.number for proposal in ballot.proposals]:
                raise NotFound("choosing.unknown")
            now = rules.vote_after(await self.ballots.vote_of(ballot.id, member.id), number)
            return await self.ballots.vote(ballot.id, member.id, now, self.clock())

    async def close_now(self, member: Member, channel: Channel, ballot_id: int) -> Ballot:
        """End a vote before its time; one that has ended stays as it is."""
        async with self.database.transaction():
            ballot = await self._here(channel, ballot_id)
            rules.check_may_close(member, await self.stories.story(member, channel, ballot.story_id), ballot)
            return await self._close(ballot)

    async def close_ended(self) -> datetime | None:
        """Close every vote whose time is over; return when the next one ends."""
        for ballot in await self.ballots.ended(self.clock()):
            async with self.database.transaction():
                await self._close(await self.ballot(ballot.id))
        return await self.ballots.next_end()

    async def tell_again(self, ballot: Ballot) -> None:
        """Have a vote's message show how the vote stands."""
        await self.queue.tell_again(ballot.job_id)

    def _tell_watchers(self) -> None:
        for watch in self.watchers:
            self.database.after_commit(watch)

    async def _here(self, channel: Channel, ballot_id: int) -> Ballot:
        ballot = await self.ballot(ballot_id)
        if ballot.channel_id != channel.id:
            raise NotFound("choosing.unknown")
        return ballot

    async def _close(self, ballot: Ballot) -> Ballot:
        """Count, let the story go on with the winner where it still can, and have the message say so."""
        if ballot.closed_at is not None:
            return ballot
        winner = rules.winner_of(ballot.proposals)
        outcome = Outcome.NO_VOTES
        if winner:
            is_canon = await self.stories.make_canon(winner.passage_id)
            outcome = Outcome.CANON if is_canon else Outcome.APART
        closed = await self.ballots.close(ballot.id, outcome, winner.number if winner else None, self.clock())
        await self.tell_again(closed)
        return closed
