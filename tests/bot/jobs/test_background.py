"""Jobs that nobody asked for: they run while nobody waits, and give way to those who do."""

from __future__ import annotations

from dataclasses import replace

from bot.jobs.background import NOBODY
from bot.jobs.bounds import Bounds
from bot.jobs.dispatch import MOST_ATTEMPTS
from bot.jobs.job import Job, JobState, NewJob, ReplyPlace
from bot.jobs.queue import JobQueue
from models.errors import ModelFault
from tests.bot.jobs.house import ADA, ADMIN, BEN, House, Sketching, asked, ended


def quiet(lane: str = "story:1") -> NewJob:
    return NewJob("write", ADA.server_id, NOBODY, ReplyPlace(100), lane=lane)


async def submitted(queue: JobQueue, lane: str = "story:1") -> Job:
    job = await queue.submit_quiet(quiet(lane))
    assert job is not None
    return job


async def test_a_quiet_job_runs_while_nobody_waits_and_is_nobodys(house: House, queue: JobQueue) -> None:
    told: list[Job] = []
    queue.on_submitted(told.append)
    job = await submitted(queue)
    last = (await ended(queue, job.id)).job
    assert (last.state, last.is_quiet, last.member_id) == (JobState.DONE, True, NOBODY)
    assert (told, await queue.undelivered(), await house.store.balances()) == ([], [], [])


async def test_quiet_jobs_run_one_at_a_time_in_their_order(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    first, second = await submitted(queue), await submitted(queue, "story:2")
    await house.engine.came(1)
    assert (await house.state(first), await house.state(second)) == (JobState.RUNNING, JobState.WAITING)
    house.engine.release()
    await ended(queue, second.id)
    assert [request.id for request in house.engine.texts] == [str(first.id), str(second.id)]
    assert house.engine.busiest == 1


async def test_a_quiet_job_waits_until_the_line_is_empty(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    first = await queue.submit(asked(ADA))
    await house.engine.came(1)
    job, second = await submitted(queue), await queue.submit(asked(BEN))
    house.engine.release()
    await ended(queue, job.id)
    assert [request.id for request in house.engine.texts] == [str(first.id), str(second.id), str(job.id)]


async def test_a_quiet_job_shares_the_device_while_a_seat_is_left(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    job = await submitted(queue)
    await house.engine.came(1)
    await queue.submit(asked(ADA))
    await house.engine.came(2)
    assert await house.state(job) is JobState.RUNNING
    assert house.engine.closed == []


async def test_a_quiet_job_gives_way_where_no_seat_is_left_and_is_done_afterwards(
    house: House, queue: JobQueue
) -> None:
    house.engine.hold()
    job = await submitted(queue)
    await house.engine.came(1)
    asked_for = [await queue.submit(asked(ADA)), await queue.submit(asked(BEN))]
    await house.engine.came(3)
    while not house.engine.closed:
        await house.engine.came(3)
        await house.store.get(job.id)
    assert house.engine.closed == [str(job.id)]
    house.engine.release()
    for each in (*asked_for, job):
        assert (await ended(queue, each.id)).job.state is JobState.DONE
    last = await house.store.get(job.id)
    assert last is not None
    assert (last.attempts, house.engine.texts[-1].id) == (1, str(job.id))


async def test_a_lane_has_one_quiet_job_waiting_at_most(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    await queue.submit(asked(ADA))
    await house.engine.came(1)
    assert await queue.submit_quiet(quiet()) is not None
    assert await queue.submit_quiet(quiet()) is None
    assert await queue.submit_quiet(quiet("story:2")) is not None


async def test_quiet_jobs_are_in_nobodys_way_nor_line(house: House) -> None:
    queue = house.queue(Bounds(per_member=1, per_server=1, total=1))
    house.engine.hold()
    async with queue.running():
        await submitted(queue)
        await submitted(queue, "story:2")
        await house.engine.came(1)
        job = await queue.submit(asked(ADA))
        assert [view.job.id for view in await queue.line(ADA.server_id)] == [job.id]


async def test_a_quiet_job_survives_a_restart(house: House) -> None:
    house.engine.hold()
    before = house.queue()
    async with before.running():
        running, waiting = await submitted(before), await submitted(before, "story:2")
        await house.engine.came(1)
    house.engine.release()
    after = house.queue()
    async with after.running():
        for job in (running, waiting):
            assert (await ended(after, job.id)).job.state is JobState.DONE
    assert set(await house.writing.written()) == {running.id, waiting.id}


async def test_who_is_forgotten_takes_no_quiet_job_along(house: House, queue: JobQueue) -> None:
    job = await submitted(queue)
    await queue.forget(ADA.id)
    assert (await ended(queue, job.id)).job.state is JobState.DONE


async def test_a_quiet_job_that_fails_or_that_nobody_handles_any_more_ends_and_the_next_one_runs(
    house: House, queue: JobQueue
) -> None:
    house.writing.fails = [ModelFault("a bad moment")]
    failing, orphan = await submitted(queue), await queue.submit_quiet(replace(quiet("story:2"), kind="gone"))
    last = await submitted(queue, "story:3")
    assert (await ended(queue, last.id)).job.state is JobState.DONE
    assert orphan is not None
    errors = [(await queue.job(job.id)).error for job in (failing, orphan)]
    assert errors == ["jobs.model_fault", "jobs.kind_gone"]
    assert await queue.undelivered() == []


async def test_a_quiet_job_that_is_cancelled_lets_the_next_one_run(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    running, waiting = await submitted(queue), await submitted(queue, "story:2")
    await house.engine.came(1)
    for job in (waiting, running):
        await queue.cancel(job.id, ADMIN)
    last = await submitted(queue, "story:3")
    house.engine.release()
    assert (await ended(queue, last.id)).job.state is JobState.DONE
    assert await house.state(waiting) is await house.state(running) is JobState.CANCELLED
    assert await house.store.balances() == []


async def test_a_quiet_job_that_brought_the_process_down_three_times_is_not_tried_again(house: House) -> None:
    job = await submitted(house.queue())
    for _ in range(MOST_ATTEMPTS):
        assert await house.store.begin(job.id, house.time())
        await house.store.take_up(MOST_ATTEMPTS)
    after = house.queue()
    async with after.running():
        assert (await ended(after, (await submitted(after)).id)).job.state is JobState.DONE
    assert await house.state(job) is JobState.FAILED


async def test_a_quiet_job_that_goes_on_as_another_kind_stays_quiet(house: House, queue: JobQueue) -> None:
    queue.register("sketch", Sketching())
    job = await queue.submit_quiet(replace(quiet(), kind="sketch"))
    assert job is not None
    last = (await ended(queue, job.id)).job
    assert (last.state, last.kind, last.is_quiet) == (JobState.DONE, "draw", True)
    assert await house.store.balances() == []


async def test_a_quiet_job_that_gives_way_as_the_house_closes_waits_for_the_next_start(house: House) -> None:
    house.engine.hold()
    before = house.queue()
    async with before.running():
        job = await submitted(before)
        await house.engine.came(1)
        for member in (ADA, BEN):
            await before.submit(asked(member))
    left = await house.store.get(job.id)
    assert left is not None
    assert (left.state, left.attempts) == (JobState.WAITING, 0)
