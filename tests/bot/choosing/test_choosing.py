"""Ways on are written side by side, voted on, and the winner is where the story goes on, if it still can."""

from __future__ import annotations

import pytest

from bot.choosing.ballot import Outcome
from bot.choosing.service import ProposalWish
from bot.jobs.job import JobState
from bot.policy import AiPolicy
from models.errors import OutOfMemory
from tests.bot.choosing.evening import WAYS, VotingEvening
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE
from tests.bot.stories.making import ANA, BEN, CEM, CHANNEL


async def test_proposals_are_branches_from_where_the_story_stands_and_it_does_not_move(evening: VotingEvening) -> None:
    story = await evening.started("One.")
    ballot = await evening.put_to_vote()
    passages = [await evening.stories.passage(ANA, proposal.passage_id) for proposal in ballot.proposals]
    assert [passage.text for passage in passages] == list(WAYS)
    assert {passage.parent_id for passage in passages} == {story.tip_id}
    assert len({passage.seed for passage in passages}) == 3
    assert await evening.page() == ["One."]


async def test_they_are_asked_at_once_with_other_seeds_and_a_little_warmer_each(evening: VotingEvening) -> None:
    await evening.started("One.")
    await evening.put_to_vote()
    samplings = [request.sampling for request in evening.engine.texts]
    assert len({sampling.seed for sampling in samplings}) == 3
    assert [round(sampling.temperature - samplings[0].temperature, 2) for sampling in samplings] == [0.0, 0.1, 0.2]
    assert len({request.parts for request in evening.engine.texts}) == 1


async def test_the_winner_becomes_canon_and_undo_takes_it_back(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=2, ben=2, cem=1)
    closed = await evening.closed(ballot)
    assert (closed.outcome, closed.winner) == (Outcome.CANON, 2)
    assert await evening.page() == ["One.", WAYS[1]]
    await evening.stories.undo(ANA, CHANNEL)
    assert await evening.page() == ["One."]
    await evening.stories.redo(ANA, CHANNEL)
    assert await evening.page() == ["One.", WAYS[1]]


async def test_a_member_who_wrote_nothing_has_one_vote_that_she_may_change_and_take_back(
    evening: VotingEvening,
) -> None:
    await evening.started("One.")
    ballot = await evening.put_to_vote()
    for number, counts in ((1, [1, 0, 0]), (3, [0, 0, 1]), (3, [0, 0, 0])):
        now = await evening.choosing.vote(CEM, CHANNEL, ballot.id, number)
        assert [proposal.votes for proposal in now.proposals] == counts
    with refused("choosing.unknown"):
        await evening.choosing.vote(CEM, CHANNEL, ballot.id, 4)


async def test_without_votes_nothing_becomes_canon(evening: VotingEvening) -> None:
    await evening.started("One.")
    closed = await evening.closed(await evening.put_to_vote())
    assert (closed.outcome, closed.winner) == (Outcome.NO_VOTES, None)
    assert await evening.page() == ["One."]


async def test_words_that_people_wrote_meanwhile_are_not_left_behind(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=1)
    await evening.stories.add(BEN, CHANNEL, "Two.")
    assert (await evening.closed(ballot)).outcome is Outcome.APART
    assert await evening.page() == ["One.", "Two."]


async def test_a_story_that_was_taken_back_or_finished_meanwhile_stays_as_it_is(evening: VotingEvening) -> None:
    await evening.started("One.", "Two.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=1)
    await evening.stories.undo(ANA, CHANNEL)
    assert (await evening.closed(ballot)).outcome is Outcome.APART
    again = await evening.votes(await evening.put_to_vote(), ada=1)
    await evening.stories.finish(ANA, CHANNEL)
    assert (await evening.closed(again)).outcome is Outcome.APART
    assert await evening.page() == ["One."]


async def test_a_winner_that_somebody_went_to_already_is_canon(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=3)
    await evening.stories.go_to(ANA, CHANNEL, ballot.proposals[2].passage_id)
    assert (await evening.closed(ballot)).outcome is Outcome.CANON


async def test_what_somebody_stepped_back_from_does_not_come_back_by_a_vote(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.votes(await evening.put_to_vote(), ada=3)
    await evening.stories.go_to(ANA, CHANNEL, ballot.proposals[2].passage_id)
    await evening.stories.step_back(CHANNEL, ballot.proposals[2].passage_id)
    assert (await evening.closed(ballot)).outcome is Outcome.APART
    assert await evening.page() == ["One."]


async def test_a_vote_of_who_had_herself_forgotten_is_dropped_and_the_others_count(
    evening: VotingEvening,
) -> None:
    await evening.started("One.")
    ballot = await evening.put_to_vote(by=BEN)
    for voter, number in ((CEM, 1), (BEN, 2)):
        await evening.choosing.vote(voter, CHANNEL, ballot.id, number)
    assert (await evening.ballots.export(CEM.id, CHANNEL.server_id))["votes"]
    await evening.ballots.forget(CEM.id, CHANNEL.server_id)
    await evening.ballots.forget(CEM.id, CHANNEL.server_id + 1)
    assert (await evening.ballots.export(CEM.id))["votes"] == []
    assert (await evening.choosing.ballot(ballot.id)).votes == 1
    await evening.ballots.forget(BEN.id, None)
    forgotten = await evening.choosing.ballot(ballot.id)
    assert (forgotten.votes, forgotten.asked_by_id) == (0, None)


async def test_of_one_story_there_is_one_vote_at_a_time(evening: VotingEvening) -> None:
    await evening.started("One.")
    ballot = await evening.put_to_vote()
    with refused("choosing.is_open"):
        await evening.choosing.propose(BEN, CHANNEL, HERE, ProposalWish())
    await evening.closed(ballot)
    evening.engine.hold()
    await evening.choosing.propose(BEN, CHANNEL, HERE, ProposalWish())
    with refused("choosing.is_written"):
        await evening.choosing.propose(ANA, CHANNEL, HERE, ProposalWish())


async def test_those_that_came_are_offered_where_one_failed(evening: VotingEvening) -> None:
    await evening.started("One.")
    for answer in (["First way."], OutOfMemory("cuda"), ["Third way."]):
        evening.engine.enqueue(answer)
    job = await evening.ended(await evening.choosing.propose(ANA, CHANNEL, HERE, ProposalWish()))
    assert job.result is not None
    ballot = await evening.choosing.ballot(job.result["ballot_id"])
    texts = [(await evening.stories.passage(ANA, each.passage_id)).text for each in ballot.proposals]
    assert texts == ["First way.", "Third way."]


@pytest.mark.parametrize("second", ["good", "bad"])
async def test_what_is_the_same_empty_or_beyond_the_limits_is_not_offered(evening: VotingEvening, second: str) -> None:
    await evening.started("One.")
    await evening.stories.set_limits(ANA, CHANNEL, "spiders", "")
    for text in ("They ran.", "They ran.", "A spider came."):
        evening.engine.enqueue([text])
    for text in WAYS if second == "good" else ("A spider came.", "Spiders came.", "They ran."):
        evening.engine.enqueue([text])
    job = await evening.ended(await evening.choosing.propose(ANA, CHANNEL, HERE, ProposalWish()))
    if second == "good":
        assert job.state is JobState.DONE
        assert len({request.sampling.seed for request in evening.engine.texts}) == 6
    else:
        assert job.error == "choosing.too_few"
        assert len(await evening.store.all_passages(1)) == 1


async def test_where_people_write_alone_nothing_is_proposed(evening: VotingEvening) -> None:
    await evening.started("One.")
    await evening.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await evening.choosing.propose(ANA, CHANNEL, HERE, ProposalWish())
