"""The life of a job as features see it: accepted, run, finished, watched, cancelled."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.errors import BadInput, LineFull, NotAllowed, NotFound, NotStored
from bot.jobs.bounds import Bounds
from bot.jobs.job import Job, JobState, ReplyPlace
from bot.jobs.queue import JobQueue
from models.errors import EmptyPrompt, ModelFault, OutOfMemory, PromptTooLong
from tests.bot.jobs.house import ADA, ADMIN, BEN, CAT, House, asked, ended


async def test_a_job_is_run_and_its_result_is_stored(house: House, queue: JobQueue) -> None:
    house.engine.enqueue(["Once", " upon"], device_ms=70)
    job = await queue.submit(asked())
    last = await ended(queue, job.id)
    assert (last.job.state, last.text) == (JobState.DONE, "Once upon")
    assert (last.job.result, last.job.cost_ms) == ({"length": 9}, 70)
    assert await house.store.get(job.id) == last.job
    assert await house.writing.written() == {job.id: "Once upon"}


async def test_watchers_see_the_text_grow_and_the_last_view_has_ended(house: House, queue: JobQueue) -> None:
    house.engine.hold(after=1)
    job = await queue.submit(asked())
    seen = []
    async for view in queue.watch(job.id):
        seen.append((view.job.state, view.text))
        if view.text:
            house.engine.release()
    assert (JobState.RUNNING, "And so") in seen
    assert seen[-1] == (JobState.DONE, "And so it went on.")


async def test_watchers_see_a_waiting_job_move_up(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    for _ in range(3):
        job = await queue.submit(asked(lane="one story"))
    places = []
    async for view in queue.watch(job.id):
        places.append(view.place)
        if view.place:
            house.engine.release(1)
        if view.job.state is JobState.RUNNING:
            break
    assert places == [2, 1, None]


async def test_a_slow_watcher_skips_to_the_latest_view(queue: JobQueue) -> None:
    job = await queue.submit(asked())
    slow = queue.watch(job.id)
    await anext(slow)
    await ended(queue, job.id)
    assert (await anext(slow)).job.state is JobState.DONE
    with pytest.raises(StopAsyncIteration):
        await anext(slow)


async def test_any_number_of_watchers_see_the_end_even_after_it(queue: JobQueue) -> None:
    job = await queue.submit(asked())
    together = await asyncio.gather(*(ended(queue, job.id) for _ in range(5)))
    late = await ended(queue, job.id)
    assert [view.job for view in together] == [late.job] * 5


async def test_watching_what_is_not_there_says_so(queue: JobQueue) -> None:
    with pytest.raises(NotFound):
        await ended(queue, 99)


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


async def test_the_line_shows_running_then_waiting_jobs_of_the_server_in_fair_order(
    house: House, queue: JobQueue
) -> None:
    house.engine.hold()
    running = [await queue.submit(asked(member)) for member in (ADA, CAT)]
    await house.engine.came(2)
    again, fresh, elsewhere = [await queue.submit(asked(member)) for member in (ADA, BEN, CAT)]
    line = await queue.line(10)
    assert [view.job.id for view in line] == [running[0].id, fresh.id, again.id]
    assert [view.place for view in line] == [None, 1, 3]
    assert elsewhere.id not in [view.job.id for view in line]


async def test_before_anything_was_measured_there_is_a_place_and_no_estimate(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    for _ in range(2):
        job = await queue.submit(asked())
    await house.engine.came(1)
    (_, waiting) = await queue.line(10)
    assert (waiting.job.id, waiting.place, waiting.estimate_s) == (job.id, 1, None)


async def test_an_estimate_comes_from_what_was_measured_and_shrinks_as_time_passes(
    house: House, queue: JobQueue
) -> None:
    house.engine.hold()
    measured = await queue.submit(asked())
    await house.engine.came(1)
    house.time.pass_(20)
    house.engine.release()
    await ended(queue, measured.id)
    house.engine.hold()
    for _ in range(3):
        await queue.submit(asked(lane="one story"))
    await house.engine.came(2)
    assert [view.estimate_s for view in await queue.line(10)] == [None, 20, 40]
    house.time.pass_(5)
    assert [view.estimate_s for view in await queue.line(10)] == [None, 15, 35]


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


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (OutOfMemory("cuda"), "jobs.out_of_memory"),
        (PromptTooLong("9"), "jobs.prompt_too_long"),
        (EmptyPrompt(), "jobs.empty_prompt"),
        (ModelFault("nan"), "jobs.model_fault"),
        (ZeroDivisionError("member's words"), "jobs.unforeseen"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_failure_on_the_device_is_one_sentence_and_the_others_go_on(
    house: House, queue: JobQueue, error: Exception, key: str
) -> None:
    house.engine.enqueue(["Once", error])
    poisoned, healthy = [await queue.submit(asked()) for _ in range(2)]
    failed = (await ended(queue, poisoned.id)).job
    assert (failed.state, failed.error) == (JobState.FAILED, key)
    assert failed.failure
    assert "member" not in failed.failure
    assert (await ended(queue, healthy.id)).job.state is JobState.DONE


async def test_a_refusal_while_preparing_keeps_its_own_sentence_and_values(house: House, queue: JobQueue) -> None:
    house.writing.fails_to_prepare = LineFull("jobs.full_for_server", count=7)
    job = await queue.submit(asked())
    failed = (await ended(queue, job.id)).job
    assert failed.failure == str(house.writing.fails_to_prepare)
    assert house.engine.history == []


async def test_a_failure_while_finishing_undoes_what_finishing_wrote(house: House, queue: JobQueue) -> None:
    house.writing.fails = [NotFound("jobs.not_found")]
    job = await queue.submit(asked())
    assert (await ended(queue, job.id)).job.error == "jobs.not_found"
    assert await house.writing.written() == {}


async def test_a_full_disk_while_finishing_is_waited_out_and_nothing_is_lost_or_doubled(
    house: House, queue: JobQueue
) -> None:
    house.writing.fails = [NotStored("database.full") for _ in range(10)]
    job = await queue.submit(asked())
    assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert list(await house.writing.written()) == [job.id]
    assert house.pauses == sorted(house.pauses)
    assert (len(house.pauses), house.pauses[-1]) == (10, 30)


async def test_a_job_of_a_kind_that_nobody_knows_any_more_fails_with_a_sentence(queue: JobQueue) -> None:
    job = await queue.submit(replace(asked(), kind="bygone"))
    assert (await ended(queue, job.id)).job.error == "jobs.kind_gone"


async def test_the_place_of_the_reply_is_stored_and_shown(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    job = await queue.submit(asked())
    await house.engine.came(1)
    place = ReplyPlace(100, 555, "token", house.time())
    await queue.place_reply(job.id, place)
    (shown,) = await queue.line(10)
    assert shown.job.reply == place
    house.engine.release()
    assert (await ended(queue, job.id)).job.reply == place


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
