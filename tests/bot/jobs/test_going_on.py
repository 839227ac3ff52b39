"""A job of two parts: what is to be drawn is written first, then drawn, and it stays one job for whoever asked."""

from __future__ import annotations

import asyncio

from bot.errors import NotStored
from bot.jobs.job import JobState, ReplyPlace
from bot.jobs.queue import JobQueue
from tests.bot.jobs.house import ADA, BEN, House, asked, ended
from tests.scripted import ScriptedEngine


async def test_a_job_goes_on_as_another_kind_under_its_own_id_and_in_its_own_place(
    house: House, queue: JobQueue
) -> None:
    house.engine.enqueue(["A boat", " at night"])
    job = await queue.submit(asked(kind="sketch", lane="story 1", asked={"passage": 7}))
    await queue.place_reply(job.id, ReplyPlace(100, 555))
    last = (await ended(queue, job.id)).job
    assert (last.id, last.kind, last.state, last.lane) == (job.id, "draw", JobState.DONE, "story 1")
    assert (last.asked, last.result) == ({"prompt": "A boat at night"}, {"seeds": [job.id]})
    assert last.reply == ReplyPlace(100, 555)
    assert [request.prompt for request in house.engine.pictures] == ["A boat at night"]


async def test_watchers_see_it_wait_again_in_between(house: House) -> None:
    house.engine = ScriptedEngine(picture_seats=1)
    house.engine.hold(after=3)  # pictures are held, sketches are shorter
    queue = house.queue()
    async with queue.running():
        await queue.submit(asked(BEN, "draw"))
        await house.engine.came(1)
        job = await queue.submit(asked(kind="sketch"))
        async for view in queue.watch(job.id):
            if view.place and view.job.kind == "draw":
                break
        assert (view.job.state, view.place, view.text) == (JobState.WAITING, 1, "")
        assert [each.job.id for each in await queue.line(10)][-1] == job.id
        house.engine.release()
        assert (await ended(queue, job.id)).job.state is JobState.DONE


async def test_what_each_part_cost_is_charged_once_and_told_together(house: House, queue: JobQueue) -> None:
    house.engine.enqueue(["A boat"], device_ms=300)
    house.engine.enqueue_picture(device_ms=900)
    job = await queue.submit(asked(kind="sketch"))
    last = (await ended(queue, job.id)).job
    assert (last.earlier_ms, last.cost_ms) == (300, 900)
    told = await queue.export(ADA.id)
    assert told["requests"][0]["cost_ms"] == 1_200
    assert told["device_time"] == [{"server_id": 10, "paid": 1_200}]


async def test_a_part_that_cannot_be_stored_yet_is_neither_lost_nor_charged_twice(
    house: House, queue: JobQueue
) -> None:
    house.sketching.fails = [NotStored("database.busy")] * 2
    job = await queue.submit(asked(kind="sketch"))
    last = (await ended(queue, job.id)).job
    assert (last.state, last.earlier_ms, len(house.engine.texts)) == (JobState.DONE, 100, 1)


async def test_a_second_part_begins_with_a_clean_record(house: House) -> None:
    before = house.queue()
    job = await before.submit(asked(kind="sketch"))
    for _ in range(2):
        await house.store.begin(job.id, house.time())
        await house.store.take_up(3)
    queue = house.queue()
    async with queue.running():
        last = (await ended(queue, job.id)).job
    assert (last.state, last.attempts) == (JobState.DONE, 1)


async def test_a_crash_in_the_second_part_does_not_repeat_the_first(house: House) -> None:
    first = house.queue()
    async with first.running():
        house.engine.hold(after=2)
        job = await first.submit(asked(kind="sketch"))
        await house.engine.came(1)
        house.engine.release(1)
        await house.engine.came(2)
    stored = await house.store.get(job.id)
    assert stored
    assert (stored.kind, stored.state) == ("draw", JobState.WAITING)
    house.engine.release()
    queue = house.queue()
    async with queue.running():
        assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert (len(house.engine.texts), len(house.engine.pictures)) == (1, 2)
    assert list(await house.writing.written()) == [job.id]


async def test_it_can_be_cancelled_while_it_waits_again(house: House) -> None:
    house.engine = ScriptedEngine(picture_seats=1)
    house.engine.hold(after=3)
    queue = house.queue()
    async with queue.running():
        other = await queue.submit(asked(BEN, "draw"))
        await house.engine.came(1)
        job = await queue.submit(asked(kind="sketch", lane="story 1"))
        async for view in queue.watch(job.id):
            if view.job.kind == "draw":
                break
        assert queue.is_pending("draw", "story 1")
        assert (await queue.cancel(job.id, ADA)).state is JobState.CANCELLED
        assert not queue.is_waiting("draw", "story 1")
        house.engine.release()
        assert (await ended(queue, other.id)).job.state is JobState.DONE
    assert [request.id for request in house.engine.pictures] == [f"draw-{other.id}"]


async def test_others_get_the_seat_that_the_first_part_had(house: House) -> None:
    house.engine = ScriptedEngine(seats=1, picture_seats=1)
    queue = house.queue()
    async with queue.running():
        jobs = [await queue.submit(asked(member, "sketch")) for member in (ADA, BEN)]
        lasts = await asyncio.gather(*(ended(queue, job.id) for job in jobs))
    assert {view.job.state for view in lasts} == {JobState.DONE}
