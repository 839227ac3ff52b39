"""The table of jobs only grows, and what happens at every request must not grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.jobs.dispatch import MOST_ATTEMPTS
from tests.bot.jobs.house import ADA, BEN, House, asked


async def test_no_ended_job_is_read_to_count_or_take_up_those_in_the_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = house.database.fetch_all
    plans: list[str] = []

    async def explained(sql: str, values: Sequence[Any] = ()) -> Any:
        if not sql.startswith("INSERT"):
            plans.extend(row["detail"] for row in await read(f"EXPLAIN QUERY PLAN {sql}", values))
        return await read(sql, values)

    monkeypatch.setattr(house.database, "fetch_all", explained)
    await house.queue().submit(asked())
    await house.store.take_up(MOST_ATTEMPTS)
    await house.store.undelivered()
    await house.store.has_quiet("story:1")
    await house.store.in_background()
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN") and "USING INDEX" not in plan]


async def test_those_in_the_line_are_counted_and_the_ended_ones_are_not(house: House) -> None:
    queue = house.queue()
    cancelled, _, _ = [await queue.submit(asked(member)) for member in (ADA, ADA, BEN)]
    await queue.cancel(cancelled.id, ADA)
    waiting = await house.store.lengths(ADA.server_id, ADA.id)
    assert (waiting.member, waiting.server, waiting.total) == (1, 2, 2)


async def test_a_job_that_gave_way_waits_as_if_it_had_never_begun(house: House) -> None:
    job = await house.queue().submit(asked())
    assert await house.store.begin(job.id, house.time())
    assert await house.store.put_back(job.id) == job
    assert await house.store.put_back(job.id) is None
