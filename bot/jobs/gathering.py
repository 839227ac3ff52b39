"""Several runs at the same time, of which some may fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.jobs.handler import Results
from models.events import Result


async def gathered(
    runs: Sequence[Callable[[], Awaitable[Result]]], least: int, count: Callable[[int, int], None]
) -> Results:
    """Return what the runs come to, None where one fails; raise as the first failed unless at least so many come.

    `count` is told how many have come, of how many. Cancelling this cancels them all.
    """
    done = 0
    failures: list[Exception] = []

    async def attempt(run: Callable[[], Awaitable[Result]]) -> Result | None:
        nonlocal done
        try:
            result = await run()
        except Exception as error:
            failures.append(error)
            return None
        done += 1
        count(done, len(runs))
        return result

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(attempt(run)) for run in runs]
    if done < least:
        raise failures[0]
    return tuple(task.result() for task in tasks)
