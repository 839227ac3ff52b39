"""An answer with a shape is valid at first, or repaired, or plain text that says so: in one job, whatever happens."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.answers.reading import Unshaped
from bot.database import Database
from bot.jobs.job import Job, JobState
from bot.jobs.queue import JobQueue
from models.errors import OutOfMemory
from tests.bot.answers.notes import BAD, GOOD, Notes, Reading, as_json
from tests.bot.jobs.house import House, asked, ended
from tests.scripted import ScriptedEngine

STORMY = Notes.model_validate(GOOD)


@pytest.fixture
def house(database: Database, engine: ScriptedEngine) -> House:
    return House(database, engine)


@pytest.fixture
def reading() -> Reading:
    return Reading()


@pytest.fixture
async def queue(house: House, reading: Reading) -> AsyncIterator[JobQueue]:
    queue = house.queue()
    queue.register("read", reading)
    async with queue.running():
        yield queue


async def done(queue: JobQueue) -> Job:
    job = await queue.submit(asked(kind="read"))
    return (await ended(queue, job.id)).job


async def test_a_valid_answer_is_kept_as_its_shape(house: House, reading: Reading, queue: JobQueue) -> None:
    house.engine.enqueue([as_json(GOOD)])
    job = await done(queue)
    assert (job.state, job.result) == (JobState.DONE, {"is_shaped": True})
    assert reading.kept == [STORMY]
    assert [request.schema is None for request in house.engine.texts] == [False]


async def test_a_flawed_answer_is_asked_for_once_more_in_the_same_job(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    house.engine.enqueue([as_json(BAD)], device_ms=300)
    house.engine.enqueue([as_json(GOOD)], device_ms=200)
    job = await done(queue)
    assert (job.kind, job.state, job.earlier_ms, job.cost_ms) == ("read", JobState.DONE, 300, 200)
    assert reading.kept == [STORMY]
    first, second = house.engine.texts
    assert second.parts[: len(first.parts)] == first.parts
    assert "kind: Input should be 'cliché' or 'tense'" in second.parts[-1].text


async def test_what_cannot_be_repaired_is_kept_as_plain_text_that_says_so(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    house.engine.enqueue([as_json(BAD)])
    house.engine.enqueue(["I liked it."])
    job = await done(queue)
    assert (job.state, job.result) == (JobState.DONE, {"is_shaped": False})
    (kept,) = reading.kept
    assert isinstance(kept, Unshaped)
    assert kept.text.endswith("\n\nI liked it.")
    assert len(house.engine.texts) == 2


async def test_where_nothing_was_said_twice_the_job_fails_in_a_sentence(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    house.engine.enqueue([""])
    house.engine.enqueue([""])
    job = await done(queue)
    assert (job.state, job.error, reading.kept) == (JobState.FAILED, "answers.nothing", [])


async def test_a_feature_may_find_fault_with_an_answer_that_has_its_shape(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    reading.wrong = {"dark and stormy"}
    better = {**GOOD, "notes": []}
    house.engine.enqueue([as_json(GOOD)])
    house.engine.enqueue([as_json(better)])
    assert (await done(queue)).state is JobState.DONE
    assert reading.kept == [Notes.model_validate(better)]
    assert "'dark and stormy' is not in the draft." in house.engine.texts[1].parts[-1].text


async def test_a_second_answer_is_kept_even_where_the_feature_would_find_fault(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    reading.wrong = {"dark and stormy"}
    house.engine.enqueue([as_json(GOOD)])
    house.engine.enqueue([as_json(GOOD)])
    assert (await done(queue)).result == {"is_shaped": True}
    assert len(house.engine.texts) == 2


async def test_a_first_answer_with_faults_is_better_than_a_second_without_a_shape(
    house: House, reading: Reading, queue: JobQueue
) -> None:
    reading.wrong = {"dark and stormy"}
    house.engine.enqueue([as_json(GOOD)])
    house.engine.enqueue(["Sorry."])
    await done(queue)
    assert reading.kept == [STORMY]


async def test_nobody_sees_the_answer_before_it_is_checked(house: House, queue: JobQueue) -> None:
    house.engine.enqueue([as_json(GOOD)[:20], as_json(GOOD)[20:]])
    house.engine.hold(after=1)
    job = await queue.submit(asked(kind="read"))
    views = []
    async for view in queue.watch(job.id):
        views.append(view)
        if view.job.state is JobState.RUNNING:
            house.engine.release()
    assert {view.text for view in views} == {""}


async def test_an_engine_that_fails_is_no_flaw_of_the_answer(house: House, queue: JobQueue) -> None:
    house.engine.enqueue(OutOfMemory("full"))
    assert (await done(queue)).error == "jobs.out_of_memory"
    assert len(house.engine.texts) == 1


async def test_a_crash_before_the_repair_repeats_the_repair_alone(house: House, reading: Reading) -> None:
    first = house.queue()
    first.register("read", reading)
    house.engine.enqueue([as_json(BAD)])
    async with first.running():
        house.engine.hold(after=1)  # lets no request end
        job = await first.submit(asked(kind="read", asked={"draft": "It rained."}))
        await house.engine.came(1)
        house.engine.release(1)
        await house.engine.came(2)
    house.engine.release()
    house.engine.enqueue([as_json(GOOD)])
    again = house.queue()
    again.register("read", reading)
    async with again.running():
        last = (await ended(again, job.id)).job
    assert (last.state, last.asked) == (JobState.DONE, {"draft": "It rained."})  # what was wrong goes with the end
    assert reading.kept == [STORMY]
    assert len(house.engine.texts) == 3
