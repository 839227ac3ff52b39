"""Where jobs are seen: the latest view of each, for any number of watchers; a slow one skips, none holds up others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.jobs.job import Glimpse, JobView


class _Topic:
    def __init__(self) -> None:
        self.view: JobView | None = None
        self.changed = asyncio.Event()


class Board:
    """Keeps a job's view as long as somebody watches it or it has not ended."""

    def __init__(self) -> None:
        self._live: dict[int, _Topic] = {}
        self._watched: WeakValueDictionary[int, _Topic] = WeakValueDictionary()

    def view(self, job_id: int) -> JobView | None:
        """Return the latest view of a job, or None of one that nobody showed yet."""
        topic = self._watched.get(job_id)
        return topic.view if topic else None

    def show(self, view: JobView) -> None:
        """Make this the latest view of its job and wake who watches it; after an ended view nothing is shown."""
        topic = self._topic(view.job.id)
        if view == topic.view or (topic.view and topic.view.job.state.has_ended):
            return
        topic.view = view
        if view.job.state.has_ended:
            self._live.pop(view.job.id, None)
        else:
            self._live[view.job.id] = topic
        topic.changed.set()
        topic.changed = asyncio.Event()

    def begin(self, job_id: int) -> None:
        """Show that the device works on a job."""
        self._change(job_id, lambda view: replace(view, has_begun=True))

    def add_text(self, job_id: int, text: str) -> None:
        """Show that a running job's text has grown."""
        self._change(job_id, lambda view: replace(view, text=view.text + text))

    def count_written(self, job_id: int, done: int, count: int) -> None:
        """Show how many of a running job's texts are written."""
        self._change(job_id, lambda view: replace(view, written=(done, count)))

    def count_steps(self, job_id: int, done: int, steps: int) -> None:
        """Show how many of a running job's steps are done."""
        self._change(job_id, lambda view: replace(view, steps=(done, steps)))

    def show_glimpse(self, job_id: int, glimpse: Glimpse) -> None:
        """Show what a running job's pictures look like by now."""
        self._change(job_id, lambda view: replace(view, glimpse=glimpse))

    def watch(self, job_id: int) -> AsyncIterator[JobView]:
        """Yield the latest view whenever there is a newer one than the last yielded; the last one has ended."""
        return _follow(self._topic(job_id))

    def _change(self, job_id: int, change: Callable[[JobView], JobView]) -> None:
        view = self.view(job_id)
        if view:
            self.show(change(view))

    def _topic(self, job_id: int) -> _Topic:
        return self._watched.setdefault(job_id, _Topic())


async def _follow(topic: _Topic) -> AsyncIterator[JobView]:
    while True:
        changed, view = topic.changed, topic.view
        if view:
            yield view
            if view.job.state.has_ended:
                return
        await changed.wait()
