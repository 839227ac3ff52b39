"""The AI's proposals: several continuations of one story written at once, and put to the vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.choosing.ballot import NewBallot
from bot.choosing.rules import LEAST
from bot.choosing.store import BallotStore
from bot.clock import Clock
from bot.errors import Unavailable
from bot.jobs.handler import Batch, GoesOn, Handler, Results
from bot.jobs.job import Job
from bot.stories.continuing import SEEDS, Continuing, once_more, turn_seed
from models.events import Finished
from models.requests import TextRequest

WARMER = 0.1
"""By so much is each proposal's temperature higher than the one's before, so that they differ more than by chance."""


class Proposing(Handler):
    """Handles the jobs that write proposals; where some fail, those that came are put to the vote."""

    def __init__(self, hand: Continuing, ballots: BallotStore, clock: Clock, opened: Callable[[], None]) -> None:
        self._hand = hand
        self._ballots = ballots
        self._clock = clock
        self._opened = opened

    def seats(self, job: Job) -> int:
        """Take a seat for each proposal."""
        return int(job.asked["count"])

    async def prepare(self, job: Job) -> Batch:
        """Freeze the same continuation as often as it is asked for, each from a seed of its own."""
        request = await self._hand.prepare(job)
        return Batch(tuple(_varied(request, job, number) for number in range(job.asked["count"])), least=LEAST)

    async def finish(self, job: Job, results: Results) -> Mapping[str, Any] | GoesOn:
        """Store what may be proposed, each as a branch, and open the vote; where it is too little, try once more."""
        written = [(came, _seed(job, number)) for number, came in enumerate(results) if isinstance(came, Finished)]
        texts = await self._hand.fitting(job, written)
        if len(texts) < LEAST:
            return once_more(job, Unavailable("choosing.too_few"))
        story, passages = await self._hand.keep_apart(job, texts)
        ballot = NewBallot(
            server_id=job.server_id,
            channel_id=story.channel_id,
            story_id=story.id,
            parent_id=passages[0].parent_id,
            job_id=job.id,
            asked_by_id=job.member_id,
            ends_at=self._clock() + timedelta(minutes=job.asked["minutes"]),
        )
        opened = await self._ballots.open(ballot, [passage.id for passage in passages])
        self._opened()
        return {"ballot_id": opened.id}


def _varied(request: TextRequest, job: Job, number: int) -> TextRequest:
    sampling = request.sampling
    varied = replace(sampling, seed=_seed(job, number), temperature=sampling.temperature + WARMER * number)
    return replace(request, id=f"{request.id}-{number + 1}", sampling=varied)


def _seed(job: Job, number: int) -> int:
    return (turn_seed(job) + number) % SEEDS
