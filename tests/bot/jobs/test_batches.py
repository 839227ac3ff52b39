"""Jobs that run several requests at once: their results, their failures, and the seats they take."""

from __future__ import annotations

import pytest

from bot.jobs.job import JobState
from bot.jobs.queue import JobQueue
from models.errors import ModelFault, OutOfMemory
from tests.bot.jobs.house import ADA, BEN, House, asked, ended
from tests.bot.jobs.simulation import Device, Pools, job
from tests.bot.jobs.test_line import line_of, seat
from tests.scripted import ScriptedEngine


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine(seats=4)


async def test_requests_of_a_job_run_at_once_and_cost_what_they_cost_together(house: House, queue: JobQueue) -> None:
    for text, device_ms in (("One.", 100.0), ("Two.", 50.0), ("Three.", 25.0)):
        house.engine.enqueue([text], device_ms)
    done = (await ended(queue, (await queue.submit(asked(kind="several", asked={"count": 3}))).id)).job
    assert done.result == {"texts": ["One.", "Two.", "Three."]}
    assert done.cost_ms == 175.0


async def test_it_is_seen_how_many_are_written_and_no_words_that_would_mingle(house: House, queue: JobQueue) -> None:
    house.engine.hold(after=1)
    submitted = await queue.submit(asked(kind="several", asked={"count": 3}))
    await house.engine.came(3)
    house.engine.release(1)
    async for view in queue.watch(submitted.id):
        assert view.text == ""
        if view.written == (1, 3):
            break
    house.engine.release()
    assert (await ended(queue, submitted.id)).job.state is JobState.DONE


async def test_one_that_fails_leaves_a_gap_and_the_others_be(house: House, queue: JobQueue) -> None:
    for answer in (["One."], OutOfMemory("cuda"), ["Three."]):
        house.engine.enqueue(answer)
    done = (await ended(queue, (await queue.submit(asked(kind="several", asked={"count": 3}))).id)).job
    assert done.result == {"texts": ["One.", None, "Three."]}


async def test_where_too_few_come_the_job_fails_as_the_first_did(house: House, queue: JobQueue) -> None:
    for answer in (["One."], OutOfMemory("cuda"), ModelFault("nan")):
        house.engine.enqueue(answer)
    failed = (await ended(queue, (await queue.submit(asked(kind="several", asked={"count": 3}))).id)).job
    assert (failed.state, failed.error) == (JobState.FAILED, "jobs.out_of_memory")


async def test_cancelling_closes_every_request(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    submitted = await queue.submit(asked(kind="several", asked={"count": 3}))
    await house.engine.came(3)
    await queue.cancel(submitted.id, ADA)
    next_ = await queue.submit(asked(BEN, kind="several", asked={"count": 4}))
    await house.engine.came(7)
    assert sorted(house.engine.closed) == [f"{submitted.id}-{number}" for number in range(3)]
    house.engine.release()
    assert (await ended(queue, next_.id)).job.state is JobState.DONE


def test_a_job_takes_as_many_seats_as_it_runs_requests() -> None:
    line = line_of(job(1, 1, seats=3), job(2, 2), job(3, 3))
    assert seat(line, seats=4) == [1, 2]
    line.leave(1)
    assert seat(line, seats=4) == [3]


def test_a_job_that_would_take_more_seats_than_there_are_takes_them_all() -> None:
    line = line_of(job(1, 1, seats=4), job(2, 2))
    assert seat(line, seats=2) == [1]
    line.leave(1)
    assert seat(line, seats=2) == [2]


def test_seats_are_kept_for_whose_turn_it_is() -> None:
    line = line_of(job(1, 1), job(2, 2))
    assert seat(line, seats=2) == [1, 2]
    line.join(job(3, 3, seats=2))
    line.join(job(4, 4))
    line.leave(1)
    assert seat(line, seats=2) == []
    line.leave(2)
    assert seat(line, seats=2) == [3]


def test_seats_that_are_kept_hold_up_no_other_pool() -> None:
    line = line_of(job(1, 1))
    seat(line, seats=2)
    line.join(job(2, 2, seats=2))
    line.join(job(3, 3, kind="draw"))
    assert seat(line, seats=2) == [3]


def test_a_stream_of_single_requests_does_not_starve_a_wide_one() -> None:
    device = Device(seats=4)
    for member in range(1, 9):
        device.ask(member)
    wide = device.ask(99, seats=4)
    for member in range(10, 60):
        device.ask(member)
        device.step()
    assert wide.id in device.started


def test_an_interrupted_wide_job_waits_until_it_fits() -> None:
    line = line_of(job(1, 1))
    seat(line, seats=2)
    line.resume([job(2, 2, seats=2, attempts=1)])
    assert line.admit(Pools(2), lambda _: 100.0) is None
    line.leave(1)
    assert seat(line, seats=2) == [2]
