"""The life of a job as features see it: accepted, run, delivered, forgotten."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.errors import BadInput, LineFull
from bot.jobs.bounds import Bounds
from bot.jobs.job import Job, JobState, ReplyPlace
from bot.jobs.queue import JobQueue
from tests.bot.jobs.house import ADA, ADMIN, BEN, CAT, House, asked, ended


async def test_a_job_is_run_and_its_result_is_stored(house: House, queue: JobQueue) -> None:
    house.engine.enqueue(["Once", " upon"], device_ms=70)
    job = await queue.submit(asked())
    last = await ended(queue, job.id)
    assert (last.job.state, last.text) == (JobState.DONE, "Once upon")
    assert (last.job.result, last.job.cost_ms) == ({"length": 9}, 70)
    assert await house.store.get(job.id) == last.job
    assert await house.writing.written() == {job.id: "Once upon"}


async def test_the_log_has_a_line_for_each_step_with_its_ids_and_its_milliseconds(house: House) -> None:
    house.engine.enqueue(["Once"], device_ms=70)
    house.engine.hold()
    with capture_logs() as logged:
        job = await house.queue().submit(asked())
        house.time.pass_(1.5)
        queue = house.queue()
        async with queue.running():
            await house.engine.came(1)
            house.time.pass_(0.25)
            house.engine.release()
            await ended(queue, job.id)
    of_job = [line for line in logged if line.get("job") == job.id]
    common = {"job": job.id, "kind": "write", "log_level": "info"}
    assert of_job == [
        {"event": "→ started", "server": 10, "member": ADA.id, "attempt": 1, "waited_ms": 1_500, **common},
        {"event": "← done", "took_ms": 250, "device_ms": 70, **common},
    ]


async def test_the_log_has_of_an_end_only_what_it_has(house: House, queue: JobQueue) -> None:
    house.writing.fails_to_prepare = BadInput("jobs.not_found")
    with capture_logs() as logged:
        failed = await queue.submit(asked())
        await ended(queue, failed.id)
        waiting = await house.queue().submit(asked())
        await queue.cancel(waiting.id, ADA)
    ends = {line["job"]: line for line in logged if line["event"] in ("! failed", "⊘ cancelled")}
    assert (ends[failed.id]["key"], ends[failed.id]["took_ms"]) == ("jobs.not_found", 0)
    assert not {"key", "took_ms"} & ends[waiting.id].keys()


async def test_a_submission_joins_the_callers_transaction(house: House, queue: JobQueue) -> None:
    with pytest.raises(BadInput):
        async with house.database.transaction():
            await queue.submit(asked())
            raise BadInput("jobs.not_found")
    assert await house.store.undelivered() == []
    assert await queue.line(10) == []
    assert house.engine.history == []


async def test_whoever_delivers_hears_of_a_job_once_it_is_committed(house: House, queue: JobQueue) -> None:
    heard: list[Job] = []
    queue.on_submitted(heard.append)
    async with house.database.transaction():
        job = await queue.submit(asked())
        assert heard == []
    assert heard == [job]


@pytest.mark.parametrize(
    ("bounds", "count"), [(Bounds(2, 9, 9), 2), (Bounds(9, 3, 9), 3), (Bounds(9, 9, 1), 1)], ids=str
)
async def test_over_a_bound_nothing_is_stored_and_the_sentence_names_it(
    house: House, bounds: Bounds, count: int
) -> None:
    queue = house.queue(bounds)
    for _ in range(count):
        await queue.submit(asked())
    with pytest.raises(LineFull) as refused:
        await queue.submit(asked())
    assert refused.value.values["count"] == count
    assert str(refused.value)
    assert len(await house.store.undelivered()) == count


async def test_running_jobs_do_not_count_against_the_bound(house: House) -> None:
    queue = house.queue(Bounds(per_member=1))
    house.engine.hold()
    async with queue.running():
        first = await queue.submit(asked())
        await house.engine.came(1)
        second = await queue.submit(asked(lane="a"))
    assert [await house.state(job) for job in (first, second)] == [JobState.WAITING] * 2


async def test_as_many_run_as_the_engine_has_seats(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    jobs = [await queue.submit(asked(member)) for member in (ADA, BEN, CAT, ADMIN)]
    await house.engine.came(2)
    house.engine.release()
    await asyncio.gather(*(ended(queue, job.id) for job in jobs))
    assert (house.engine.busiest, len(house.engine.history)) == (2, 4)


async def test_one_lane_runs_one_at_a_time_and_holds_up_nobody_else(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    first, second = [await queue.submit(asked(member, lane="story 1")) for member in (ADA, BEN)]
    other = await queue.submit(asked(CAT, lane="story 2"))
    await house.engine.came(2)
    assert [request.id for request in house.engine.history] == [str(first.id), str(other.id)]
    house.engine.release()
    assert (await ended(queue, second.id)).job.state is JobState.DONE


async def test_what_was_delivered_is_not_offered_again_and_keeps_no_token(house: House, queue: JobQueue) -> None:
    job = await queue.submit(asked())
    await queue.place_reply(job.id, ReplyPlace(100, 555, "token", house.time()))
    last = await ended(queue, job.id)
    assert await queue.undelivered() == [last.job]
    await queue.mark_delivered(job.id)
    assert await queue.undelivered() == []
    stored = await house.store.get(job.id)
    assert stored and stored.delivered_at and stored.reply == ReplyPlace(100, 555)


async def test_forgetting_a_member_cancels_what_is_hers_and_leaves_no_row(house: House, queue: JobQueue) -> None:
    await ended(queue, (await queue.submit(asked())).id)
    house.engine.hold()
    hers = [await queue.submit(asked(lane="a", asked={"text": "secret"})) for _ in range(2)]
    his = await queue.submit(asked(BEN, lane="a"))
    await house.engine.came(2)
    seen = [asyncio.create_task(ended(queue, job.id)) for job in hers]
    await asyncio.sleep(0)
    await queue.forget(ADA.id, None)
    assert {view.job.state for view in await asyncio.gather(*seen)} == {JobState.CANCELLED}
    house.engine.release()
    assert (await ended(queue, his.id)).job.state is JobState.DONE
    assert await queue.export(ADA.id) == {"requests": [], "device_time": []}


async def test_forgetting_in_one_server_leaves_the_others(house: House, queue: JobQueue) -> None:
    job = await queue.submit(asked(ADA))
    await ended(queue, job.id)
    await queue.forget(ADA.id, 20)
    assert await house.store.get(job.id)
    await queue.forget(ADA.id, 10)
    assert await house.store.get(job.id) is None


async def test_an_export_tells_what_was_asked_and_what_it_took(queue: JobQueue) -> None:
    job = await queue.submit(asked(ADA, asked={"text": "mine"}))
    await queue.submit(asked(BEN))
    await ended(queue, job.id)
    told = await queue.export(ADA.id)
    (request,) = told["requests"]
    assert (request["asked"], request["state"], request["cost_ms"]) == ({"text": "mine"}, "done", 100)
    assert request["created_at"] == "2026-11-23T20:00:00+00:00"
    assert told["device_time"] == [{"server_id": 10, "paid": 100}]


async def test_a_lane_tells_what_waits_in_it_and_not_what_runs(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    await queue.submit(asked(lane="story 1"))
    await house.engine.came(1)
    assert not queue.is_waiting("write", "story 1")
    await queue.submit(asked(lane="story 1"))
    assert queue.is_waiting("write", "story 1")
    assert not queue.is_waiting("write", "story 2")
