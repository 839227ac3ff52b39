"""What goes wrong while a job is worked on: one sentence for the member, and the others go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import LineFull, NotFound, NotStored
from bot.jobs.job import JobState
from bot.jobs.queue import JobQueue
from models.errors import EmptyPrompt, ModelFault, OutOfMemory, PromptTooLong
from tests.bot.jobs.house import House, asked, ended


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
