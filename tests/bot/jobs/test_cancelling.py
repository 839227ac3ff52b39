"""A job that is cancelled: by whom, when, and what becomes of its seat."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import NotAllowed, NotFound
from bot.jobs.job import JobState
from bot.jobs.queue import JobQueue
from tests.bot.jobs.house import ADA, ADMIN, BEN, CAT, House, asked, ended


async def test_a_waiting_job_is_cancelled_and_never_runs(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    await queue.submit(asked(lane="a"))
    waiting = await queue.submit(asked(lane="a"))
    await house.engine.came(1)
    assert (await queue.cancel(waiting.id, ADA)).state is JobState.CANCELLED
    house.engine.release()
    assert (await ended(queue, waiting.id)).job.state is JobState.CANCELLED
    assert len(house.engine.history) == 1


async def test_cancelling_a_running_job_closes_the_engines_iterator_and_frees_its_seat(
    house: House, queue: JobQueue
) -> None:
    house.engine.hold(after=1)
    job, next_ = [await queue.submit(asked(lane="a")) for _ in range(2)]
    await house.engine.came(1)
    await queue.cancel(job.id, ADA)
    last = await ended(queue, job.id)
    await house.engine.came(2)
    assert (last.job.state, last.job.result) == (JobState.CANCELLED, None)
    assert house.engine.closed == [str(job.id)]
    assert house.engine.history[1].id == str(next_.id)


async def test_a_job_cancelled_before_its_task_took_a_step_frees_its_seat(house: House, queue: JobQueue) -> None:
    job, next_ = [await queue.submit(asked(lane="a")) for _ in range(2)]
    async for view in queue.watch(job.id):
        if view.job.state is JobState.RUNNING:
            break
    await queue.cancel(job.id, ADA)
    assert (await ended(queue, next_.id)).job.state is JobState.DONE


async def test_cancelling_is_idempotent_and_leaves_an_ended_job_as_it_is(house: House, queue: JobQueue) -> None:
    job = await queue.submit(asked())
    done = (await ended(queue, job.id)).job
    assert await queue.cancel(job.id, ADA) == done
    house.engine.hold()
    other = await queue.submit(asked())
    assert await queue.cancel(other.id, ADA) == await queue.cancel(other.id, ADA)


async def test_only_the_member_or_an_admin_of_the_server_may_cancel(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    job = await queue.submit(asked(ADA))
    with pytest.raises(NotAllowed):
        await queue.cancel(job.id, BEN)
    with pytest.raises(NotFound):
        await queue.cancel(job.id, CAT)
    assert (await queue.cancel(job.id, ADMIN)).state is JobState.CANCELLED


async def test_a_member_who_cancels_while_it_is_being_stored_gets_one_end(house: House, queue: JobQueue) -> None:
    house.engine.hold(after=2)
    job = await queue.submit(asked())
    await house.engine.came(1)
    async with house.database.transaction():
        house.engine.release()
        for _ in range(20):
            await asyncio.sleep(0)  # the worker now waits for the transaction in which it would store the result
        await queue.cancel(job.id, ADA)
    assert (await ended(queue, job.id)).job.state is JobState.CANCELLED
    assert await house.writing.written() == {}
