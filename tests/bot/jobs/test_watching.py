"""What those who wait see: their place, an estimate, the text as it grows, and the end."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import NotFound
from bot.jobs.job import JobState, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.jobs.showing import AGAIN_AFTER_S
from tests.bot.jobs.house import ADA, BEN, CAT, House, asked, ended


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


async def test_a_job_has_begun_once_the_device_says_so_and_not_with_its_seat(
    house: House, queue: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = asyncio.Event()
    monkeypatch.setattr(house.engine, "_begin", lambda _request: turn.wait())
    house.engine.hold()
    job = await queue.submit(asked())
    async for view in queue.watch(job.id):
        if view.job.state is JobState.RUNNING:
            assert view.has_begun == turn.is_set()
            turn.set()
        if view.has_begun:
            return
    raise AssertionError("it ended before it began")


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


async def test_an_estimate_is_shown_anew_while_one_long_job_runs_and_nobody_moves(
    house: House, queue: JobQueue
) -> None:
    house.engine.hold()
    running = await queue.submit(asked(lane="one story"))
    await house.engine.came(1)
    house.time.pass_(14)
    house.engine.release(1)
    await ended(queue, running.id)
    for _ in range(2):
        waiting = await queue.submit(asked(lane="one story"))
    await house.engine.came(2)
    estimates = []
    async for view in queue.watch(waiting.id):
        estimates.append(view.estimate_s)
        if len(estimates) == 3:
            break
        house.time.pass_(AGAIN_AFTER_S)
        house.alarms.ring()
    assert estimates == [14, 9, 4]


async def test_when_nobody_waits_or_the_line_is_closed_nothing_is_to_come(house: House) -> None:
    house.engine.hold()
    queue = house.queue()
    async with queue.running():
        running, waiting = [await queue.submit(asked(lane="one story")) for _ in range(2)]
        await house.engine.came(1)
        assert [seconds for seconds, _ in house.alarms.set.values()] == [AGAIN_AFTER_S]
        await queue.cancel(waiting.id, by=ADA)
        await house.state(running)
        assert not house.alarms.set
        await queue.submit(asked(lane="one story"))
        await house.state(running)
        assert house.alarms.set
    assert not house.alarms.set


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
