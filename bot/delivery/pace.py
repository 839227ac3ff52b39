"""How often living messages change: first words at once, then slower the more of them there are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from bot.jobs.job import JobView

LEAST_S = 1.0
PICTURE_FACTOR = 1.5
"""A picture changes so much more seldom than a text: each of its edits carries a file."""

EDITS_PER_S = 20.0
"""For all living messages together: well under Discord's 50 requests a second, which answers need as well."""

FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 300.0


def edit_interval_s(streaming: int, least_s: float = LEAST_S, *, is_picture: bool = False) -> float:
    """Return the seconds between two edits of one message while so many are streaming."""
    return max(least_s * (PICTURE_FACTOR if is_picture else 1.0), streaming / EDITS_PER_S)


def retry_after_s(attempt: int) -> float:
    """Return the seconds to wait after the failure numbered `attempt` (the first is 0)."""
    return min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(attempt, 16))


def is_urgent(view: JobView, shown: JobView | None) -> bool:
    """Say whether people wait for this view: a first sight of the work, a picture, an end before anything was shown."""
    if view.job.state.has_ended:
        return shown is None or shown.steps is not None
    return _sights(view) > (_sights(shown) if shown else 0)


def _sights(view: JobView) -> int:
    """Count what there is to see that people wait for the first time: words or steps, then a glimpse."""
    return bool(view.text or view.steps) + bool(view.glimpse)


async def paced(views: AsyncIterator[JobView], interval_s: Callable[[], float]) -> AsyncGenerator[JobView]:
    """Yield the newest view each time the interval has passed, urgent ones at once, and the last one always."""
    clock = asyncio.get_running_loop().time
    shown: JobView | None = None
    held: JobView | None = None
    due = clock() + interval_s()
    upcoming = _upcoming(views)
    try:
        while not (held and held.job.state.has_ended):
            rest_s = due - clock()
            if held and (rest_s <= 0 or is_urgent(held, shown)):
                yield held
                shown, held, due = held, None, clock() + interval_s()
            elif (await asyncio.wait({upcoming}, timeout=rest_s if held else None))[0]:
                held, upcoming = upcoming.result(), _upcoming(views)
    finally:
        upcoming.cancel()
        await asyncio.wait({upcoming})
    if not is_urgent(held, shown):
        await asyncio.sleep(due - clock())
    yield held


def _upcoming(views: AsyncIterator[JobView]) -> asyncio.Future[JobView]:
    return asyncio.ensure_future(anext(views))
