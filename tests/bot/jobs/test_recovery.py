"""What happens to the line when the process dies, and when it is closed in order."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import NotStored
from bot.jobs.bounds import Bounds
from bot.jobs.dispatch import MOST_ATTEMPTS
from bot.jobs.job import Job, JobState
from bot.jobs.queue import JobQueue
from tests.bot.jobs.house import ADA, BEN, CAT, House, asked, ended
from tests.scripted import ScriptedEngine


async def died_while_running(house: House, *jobs: Job) -> None:
    """Leave the rows as a killed process leaves them."""
    for job in jobs:
        assert await house.store.begin(job.id, house.time())


@asynccontextmanager
async def restarted(house: House) -> AsyncIterator[JobQueue]:
    queue = house.queue()
    async with queue.running():
        yield queue


async def test_what_waited_and_what_ran_is_taken_up_and_ends_once(house: House) -> None:
    before = house.queue()
    ran, waited = [await before.submit(asked(member)) for member in (ADA, BEN)]
    await died_while_running(house, ran)
    async with restarted(house) as queue:
        views = [await ended(queue, job.id) for job in (ran, waited)]
    assert [view.job.state for view in views] == [JobState.DONE] * 2
    assert [view.job.attempts for view in views] == [2, 1]
    assert views[0].job.created_at == ran.created_at
    assert list(await house.writing.written()) == [ran.id, waited.id]


async def test_what_was_interrupted_goes_before_everybody_else(house: House) -> None:
    before = house.queue()
    jobs = [await before.submit(asked(member)) for member in (BEN, CAT, ADA)]
    await died_while_running(house, jobs[2])
    async with restarted(house) as queue:
        await asyncio.gather(*(ended(queue, job.id) for job in jobs))
    assert house.engine.history[0].id == str(jobs[2].id)


async def test_a_job_that_brought_the_process_down_three_times_is_not_tried_again(house: House) -> None:
    job = await house.queue().submit(asked())
    for _ in range(MOST_ATTEMPTS):
        await died_while_running(house, job)
        await house.store.take_up(MOST_ATTEMPTS)
    async with restarted(house) as queue:
        last = (await ended(queue, job.id)).job
        assert (last.state, last.error, last.error_values) == (JobState.FAILED, "jobs.gave_up", {"count": 3})
        assert last.failure
        assert await queue.undelivered() == [last]
    assert house.engine.history == []


async def test_what_was_interrupted_twice_runs_alone_so_that_others_are_not_blamed(house: House) -> None:
    jobs = [await house.queue().submit(asked(member)) for member in (ADA, BEN)]
    for _ in range(2):
        await died_while_running(house, *jobs)
        await house.store.take_up(MOST_ATTEMPTS)
    async with restarted(house) as queue:
        for job in jobs:
            assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert house.engine.busiest == 1


async def test_closing_in_order_gives_up_what_runs_without_blaming_it(house: House) -> None:
    house.engine.hold(after=1)
    async with restarted(house) as queue:
        job = await queue.submit(asked())
        await house.engine.came(1)
    assert house.engine.closed == [str(job.id)]
    stored = await house.store.get(job.id)
    assert stored and (stored.state, stored.attempts) == (JobState.WAITING, 0)
    house.engine.release()
    async with restarted(house) as queue:
        assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert list(await house.writing.written()) == [job.id]


async def test_what_could_not_be_stored_before_closing_is_done_again_at_the_next_start(house: House) -> None:
    house.writing.fails = [NotStored("database.full") for _ in range(3)]
    full = asyncio.Event()

    async def wait_for_space(seconds: float) -> None:
        full.set()
        await asyncio.Event().wait()

    queue = JobQueue(house.store, house.engine, bounds=Bounds(), clock=house.time, pause=wait_for_space)
    queue.register("write", house.writing)
    async with queue.running():
        job = await queue.submit(asked())
        await full.wait()
    house.writing.fails = []
    async with restarted(house) as queue:
        assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert list(await house.writing.written()) == [job.id]


async def test_while_the_line_is_closed_jobs_are_accepted_and_can_be_cancelled(house: House) -> None:
    closed = house.queue()
    kept, dropped = [await closed.submit(asked()) for _ in range(2)]
    await closed.cancel(dropped.id, ADA)
    async with restarted(house) as queue:
        assert (await ended(queue, kept.id)).job.state is JobState.DONE
        assert (await ended(queue, dropped.id)).job.state is JobState.CANCELLED
        assert {job.id for job in await queue.undelivered()} == {kept.id, dropped.id}


async def test_a_restart_forgives_nobody(house: House) -> None:
    house.engine = ScriptedEngine(seats=1)
    house.engine.enqueue(["A long one."], device_ms=9_000)
    async with restarted(house) as queue:
        async with house.database.transaction():
            jobs = [await queue.submit(asked(member)) for member in (ADA, BEN)]
        await asyncio.gather(*(ended(queue, job.id) for job in jobs))
    hers, his = [await house.queue().submit(asked(member)) for member in (ADA, BEN)]
    async with restarted(house) as queue:
        await asyncio.gather(*(ended(queue, job.id) for job in (hers, his)))
    assert [request.id for request in house.engine.history][-2:] == [str(his.id), str(hers.id)]


@pytest.mark.parametrize("kept", [1, 20, 57])
async def test_a_killed_process_loses_no_accepted_job_and_doubles_none(house: House, kept: int) -> None:
    evening = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.jobs.evening", str(house.database.path), stdout=asyncio.subprocess.PIPE
    )
    assert evening.stdout
    accepted = [await next_accepted(evening.stdout) for _ in range(kept)]
    evening.send_signal(signal.SIGKILL)
    await evening.communicate()
    async with restarted(house) as queue:
        states = [(await ended(queue, id)).job.state for id in accepted]
    rows = await house.database.fetch_all("SELECT job, count(*) AS times FROM written GROUP BY job")
    assert set(states) == {JobState.DONE}
    assert {row["times"] for row in rows} == {1}
    assert {row["job"] for row in rows} >= set(accepted)


async def next_accepted(output: asyncio.StreamReader) -> int:
    while line := await output.readline():
        if line.startswith(b"accepted "):
            return int(line.split()[1])
    raise AssertionError("the evening ended by itself")
