"""The real small model gives answers with a shape, in one batch with one who writes prose."""

from __future__ import annotations

import asyncio

from bot.clock import utc_now
from bot.database import Database
from bot.jobs.bounds import Bounds
from bot.jobs.job import Job, JobState
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from models.events import Finished
from models.local import LocalEngine
from models.requests import PromptPart, Role, TextRequest
from models.text.config import TextModelConfig
from tests.bot.answers.notes import Notes, Reading
from tests.bot.jobs.house import ADA, BEN, asked, ended
from tests.models.conftest import embedded  # noqa: F401


async def test_the_real_model_answers_in_the_shape_it_is_asked_for(
    database: Database,
    embedded: TextModelConfig,  # noqa: F811
) -> None:
    reading = Reading()
    async with LocalEngine.open(embedded) as engine:
        queue = JobQueue(JobStore(database), engine, bounds=Bounds(), clock=utc_now)
        queue.register("read", reading)

        async def answer(draft: str, member: int) -> Job:
            job = await queue.submit(asked((ADA, BEN)[member], "read", asked={"draft": draft}))
            return (await ended(queue, job.id)).job

        async def prose() -> str:
            part = PromptPart("words", Role.USER, "Write one sentence about the sea.")
            *_, last = [event async for event in engine.run(TextRequest("prose", (part,), 40))]
            assert isinstance(last, Finished)
            return last.text

        async with queue.running():
            first, second, told = await asyncio.gather(
                answer("It was a dark and stormy night.", 0), answer("She is late. He waited.", 1), prose()
            )
    assert [job.state for job in (first, second)] == [JobState.DONE] * 2
    assert [type(kept) for kept in reading.kept] == [Notes, Notes]
    assert told and not told.startswith("{")
