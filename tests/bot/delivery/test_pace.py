"""Living messages change often enough to be alive and seldom enough for Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.delivery.pace import edit_interval_s, paced, retry_after_s
from bot.jobs.job import Glimpse, Job, JobState, JobView, ReplyPlace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOB = Job(1, "test", JobState.WAITING, 10, 20, ReplyPlace(30), {}, None, None, 1.0, NOON)
WAITING = JobView(JOB, place=1)
RUNNING = JobView(replace(JOB, state=JobState.RUNNING))
DONE = JobView(replace(JOB, state=JobState.DONE), text="Once upon a time.")


def saying(text: str) -> JobView:
    return replace(RUNNING, text=text)


class Views:
    """An iterator of views that a test feeds one by one."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[JobView] = asyncio.Queue()
        self.taken = asyncio.Event()

    def give(self, *views: JobView) -> None:
        for view in views:
            self._queue.put_nowait(view)

    async def __aiter__(self) -> AsyncIterator[JobView]:
        while True:
            yield await self._queue.get()
            if self._queue.empty():
                self.taken.set()


async def all_of(*views: JobView, interval_s: float) -> list[JobView]:
    source = Views()
    source.give(*views)
    return [view async for view in paced(aiter(source), lambda: interval_s)]


def test_a_single_message_is_edited_once_a_second() -> None:
    assert edit_interval_s(1) == 1.0


def test_a_picture_is_replaced_by_a_clearer_one_every_second_and_a_half_at_most() -> None:
    assert edit_interval_s(1, is_picture=True) == 1.5


@pytest.mark.parametrize("streaming", [1, 20, 21, 60, 500])
def test_all_messages_together_stay_well_under_the_global_limit(streaming: int) -> None:
    assert streaming / edit_interval_s(streaming) <= 25


def test_retries_grow_longer_up_to_five_minutes() -> None:
    waits = [retry_after_s(attempt) for attempt in range(100)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2.0, 300.0)


async def test_first_words_do_not_wait_and_later_ones_do() -> None:
    source = Views()
    async with aclosing(paced(aiter(source), lambda: 3600.0)) as shown:
        source.give(WAITING, saying("Once"))
        assert await anext(shown) == saying("Once")
        later = asyncio.ensure_future(anext(shown))
        source.give(saying("Once upon"))
        await source.taken.wait()
        assert not later.done()
        later.cancel()
        await asyncio.wait({later})


async def test_the_first_step_the_first_glimpse_and_the_finished_picture_do_not_wait() -> None:
    source = Views()
    drawing = [replace(RUNNING, steps=(step, 4)) for step in (1, 2, 3)]
    seen = replace(drawing[1], glimpse=Glimpse(b"grey"))
    clearer = replace(drawing[2], glimpse=Glimpse(b"blue"))
    async with aclosing(paced(aiter(source), lambda: 3600.0)) as shown:
        for view in (drawing[0], seen):
            source.give(view)
            assert await anext(shown) == view
        last = asyncio.ensure_future(anext(shown))
        source.give(clearer)
        await source.taken.wait()
        assert not last.done()
        source.give(DONE)
        assert await last == DONE


async def test_a_job_that_ends_before_anything_was_shown_is_shown_at_once() -> None:
    assert await all_of(DONE, interval_s=3600.0) == [DONE]


async def test_the_last_view_is_never_left_out() -> None:
    shown = await all_of(WAITING, RUNNING, saying("Once"), saying("Once upon"), DONE, interval_s=0.01)
    assert shown[-1] == DONE


async def test_newer_views_replace_those_that_were_not_shown_yet() -> None:
    words = [saying("word " * count) for count in range(1, 50)]
    shown = await all_of(*words, DONE, interval_s=0.01)
    assert shown[0] == words[0]
    assert len(shown) < 10


async def test_a_failure_of_the_source_reaches_the_reader() -> None:
    async def broken() -> AsyncIterator[JobView]:
        yield saying("Once")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        [view async for view in paced(broken(), lambda: 0.0)]
