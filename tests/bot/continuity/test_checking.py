"""A story is read part by part, and what is shown to contradict stands in two places of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.continuity.service import ContinuityService, Place
from bot.database import Database
from bot.jobs.job import Job, JobState
from bot.policy import AiPolicy
from bot.stories.portions import portions, room_for
from bot.stories.remembering import Memory, Summary
from bot.stories.story import Passage, Story
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, BEN, CHANNEL, SERVER, by
from tests.scripted import ScriptedEngine

DROWNED, ALIVE = "The keeper drowned before the war.", "The keeper opened the door himself."


class Told:
    """Summarises a story's first passage."""

    async def of_path(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        return [Summary("One", "A keeper drowns.", path[0].id, path[0].id)]


class Desk(Evening):
    """`continuity` is the service under test."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        super().__init__(database, engine)
        self.continuity = ContinuityService(
            self.queue, engine, self.stories, Memory(summaries=Told()), self.channels, self.roles
        )

    async def checked(self, *answers: dict[str, Any]) -> Job:
        """Have the current story checked, to which the model answers this, part by part."""
        for answer in answers:
            self.engine.enqueue([json.dumps(answer)])
        return await self.ended(await self.continuity.check(ANA, CHANNEL, HERE))


@pytest.fixture
async def desk(database: Database, engine: ScriptedEngine) -> AsyncIterator[Desk]:
    desk = Desk(database, engine)
    async with desk.queue.running():
        yield desk


def clash(first: str, second: str, what: str = "He is dead.") -> dict[str, Any]:
    return {"first": first, "second": second, "what": what}


def clashes(*found: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"clashes": found, **more}


async def test_a_contradiction_is_shown_with_its_two_passages(desk: Desk) -> None:
    await desk.started(DROWNED, "Years went by.")
    await desk.stories.add(BEN, CHANNEL, ALIVE)
    job = await desk.checked(clashes(clash("the keeper DROWNED before the war", "The keeper opened the door himself")))
    report = await desk.continuity.report(job)
    assert report.found == ((Place(DROWNED[:-1], 1, "Ana"), Place(ALIVE[:-1], 3, "Ben"), "He is dead."),)
    assert (report.first, report.last, report.untrue, report.changed) == (1, 3, 0, 0)


async def test_what_quotes_falsely_or_one_place_twice_is_left_out_and_counted(desk: Desk) -> None:
    await desk.started(DROWNED, ALIVE)
    job = await desk.checked(
        clashes(clash(DROWNED, "The keeper danced all night long."), clash(DROWNED, DROWNED), clash(DROWNED, ALIVE))
    )
    report = await desk.continuity.report(job)
    assert (len(report.found), report.untrue) == (1, 2)


async def test_what_is_said_of_two_places_quotes_no_third(desk: Desk) -> None:
    await desk.started(DROWNED)
    await desk.stories.add(BEN, CHANNEL, ALIVE)
    job = await desk.checked({"clashes": [clash(DROWNED, ALIVE, "“He swam home to his wife” says the third.")]})
    report = await desk.continuity.report(job)
    assert (list(report.found), report.untrue) == ([], 1)


async def test_the_same_contradiction_is_told_once(desk: Desk) -> None:
    await desk.started(DROWNED, ALIVE)
    job = await desk.checked(clashes(clash(DROWNED, ALIVE), clash(ALIVE, DROWNED)))
    report = await desk.continuity.report(job)
    assert (len(report.found), report.untrue) == (1, 0)


async def test_a_long_story_is_read_in_parts_and_a_sentence_of_the_first_is_held_against_the_last(desk: Desk) -> None:
    desk.engine.card = replace(desk.engine.card, window_tokens=3_200)
    filler = "Rain fell. " * 80
    await desk.started(f"{DROWNED} {filler}", filler, f"{ALIVE} {filler}")
    job = await desk.checked(clashes(facts=[DROWNED, "Invented words of nobody."]), clashes(clash(DROWNED, ALIVE)))
    first, second = desk.engine.texts
    assert first.parts[1].text.startswith(f"Ana: {DROWNED}")
    assert "[Before this, in short: A keeper drowns.]" in second.parts[1].text
    assert DROWNED in second.parts[1].text
    assert "Invented words" not in second.parts[1].text
    assert "facts" in str(first.schema)
    assert "facts" not in str(second.schema)
    report = await desk.continuity.report(job)
    assert [(one[0].number, one[1].number) for one in report.found] == [(1, 3)]
    assert (report.first, report.last) == (1, 3)


async def test_reading_ends_where_enough_is_found_and_says_how_far_it_came(desk: Desk) -> None:
    desk.engine.card = replace(desk.engine.card, window_tokens=2_800)
    places = [f"The keeper was born in the year {number}." for number in range(6)]
    await desk.started(" ".join(places), "Rain fell. " * 90)
    found = [clash(places[0], place) for place in places[1:]]
    report = await desk.continuity.report(await desk.checked(clashes(*found, facts=[])))
    assert (len(report.found), report.first, report.last, len(desk.engine.texts)) == (5, 1, 1, 1)


async def test_a_passage_that_is_reworded_or_forgotten_is_not_quoted_any_more(desk: Desk) -> None:
    await desk.started(DROWNED)
    await desk.stories.add(BEN, CHANNEL, ALIVE)
    job = await desk.checked(clashes(clash(DROWNED, ALIVE)))
    assert "drowned" not in json.dumps([job.result, dict(job.asked)])
    await desk.store.forget(BEN.id, SERVER)
    report = await desk.continuity.report(job)
    assert (report.found, report.changed) == ((), 1)


async def test_an_answer_without_structure_is_told_as_it_came(desk: Desk) -> None:
    await desk.started(DROWNED, ALIVE)
    desk.engine.enqueue(["It seems"])
    desk.engine.enqueue(["all right."])
    report = await desk.continuity.report(await desk.checked())
    assert report.said[0].endswith("all right.")


async def test_a_model_that_twice_gives_no_structure_is_not_asked_for_further_parts(desk: Desk) -> None:
    desk.engine.card = replace(desk.engine.card, window_tokens=2_400)
    await desk.started(*(f"{number} {'Rain fell. ' * 90}" for number in range(4)))
    for said in ("Once", "again.", "Twice", "again."):
        desk.engine.enqueue([said])
    report = await desk.continuity.report(await desk.checked())
    assert [text.endswith("again.") for text in report.said] == [True, True]
    assert (report.first, report.last, len(desk.engine.texts)) == (1, 2, 4)


async def test_a_quote_of_what_was_not_read_with_this_part_is_not_taken_for_true(desk: Desk) -> None:
    desk.engine.card = replace(desk.engine.card, window_tokens=2_400)
    await desk.started(f"{DROWNED} {'Rain fell. ' * 90}", f"{ALIVE} {'Rain fell. ' * 90}")
    report = await desk.continuity.report(await desk.checked(clashes(facts=[]), clashes(clash(DROWNED, ALIVE))))
    assert (report.found, report.untrue) == ((), 1)


async def test_a_single_passage_and_a_channel_for_people_are_not_checked(desk: Desk) -> None:
    await desk.started(DROWNED)
    with refused("continuity.too_short"):
        await desk.continuity.check(ANA, CHANNEL, HERE)
    await desk.stories.add(ANA, CHANNEL, ALIVE)
    await desk.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await desk.continuity.check(ANA, CHANNEL, HERE)


async def test_a_story_that_is_gone_on_with_is_checked_as_it_was_asked(desk: Desk) -> None:
    await desk.started(DROWNED, ALIVE)
    desk.engine.hold()
    desk.engine.enqueue([json.dumps(clashes())])
    job = await desk.continuity.check(ANA, CHANNEL, HERE)
    await desk.engine.came(1)
    await desk.stories.add(BEN, CHANNEL, "Two.")
    desk.engine.release()
    job = await desk.ended(job)
    assert job.state is JobState.DONE
    assert (await desk.continuity.report(job)).last == 2


def test_portions_hold_whole_passages_and_a_longer_one_by_itself() -> None:
    passages = [by(ANA, number, "x" * length) for number, length in enumerate((40, 50, 20, 300, 10), 1)]
    assert [[one.id for one in portion] for portion in portions(passages, 100)] == [[1, 2], [3], [4], [5]]
    assert portions([], 100) == []


def test_a_portion_holds_fewer_characters_where_each_is_a_token() -> None:
    passages = [by(ANA, number, "灯塔的光" * 5) for number in range(1, 5)]
    assert [[one.id for one in portion] for portion in portions(passages, 120)] == [[1, 2], [3, 4]]


def test_a_small_window_still_reads_something() -> None:
    assert room_for(4_096, 2_400) == 4_240
    assert room_for(1_000, 2_400) == 1_000
