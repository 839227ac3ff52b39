from __future__ import annotations

from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL


async def held(evening: Evening, job: Job) -> Job:
    """Wait until the job's request, which the engine holds, was frozen."""
    await evening.engine.came(1 + sum(request.id != f"job-{job.id}" for request in evening.engine.history))
    return job


async def placed(evening: Evening, job: Job) -> str:
    evening.engine.release()
    ended = await evening.ended(job)
    assert ended.result is not None
    return str(ended.result["placement"])


async def test_what_people_write_meanwhile_comes_before_what_the_ai_was_writing(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.hold()
    job = await held(evening, await evening.stories.continue_story(ANA, CHANNEL, HERE))
    await evening.stories.add(BEN, CHANNEL, "Meanwhile.")
    assert await placed(evening, job) == "after_others"
    assert await evening.page() == ["One.", "Meanwhile.", "And so it went on."]


async def test_the_request_is_frozen_as_the_story_stood_at_admission(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.hold()
    job = await held(evening, await evening.stories.continue_story(ANA, CHANNEL, HERE))
    await evening.stories.add(BEN, CHANNEL, "Meanwhile.")
    await placed(evening, job)
    assert not any("Meanwhile" in part.text for part in evening.engine.texts[0].parts)


async def test_when_the_passage_before_is_taken_back_the_ais_words_become_a_branch(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    evening.engine.hold()
    job = await held(evening, await evening.stories.continue_story(ANA, CHANNEL, HERE))
    await evening.stories.undo(ANA, CHANNEL)
    assert await placed(evening, job) == "apart"
    assert await evening.page() == ["One."]
    tree = await evening.stories.tree(ANA, CHANNEL)
    assert [leaf.passage.text for leaf in tree.leaves] == ["And so it went on."]


async def test_when_the_story_is_finished_meanwhile_its_last_page_stays_the_last(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.hold()
    job = await held(evening, await evening.stories.continue_story(ANA, CHANNEL, HERE))
    await evening.stories.finish(ANA, CHANNEL)
    assert await placed(evening, job) == "apart"
    assert await evening.page() == ["One."]


async def test_a_retry_takes_no_ones_words_off_the_page(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    evening.engine.hold()
    job = await held(evening, await evening.stories.retry(ANA, CHANNEL, HERE, first.id))
    await evening.stories.add(BEN, CHANNEL, "After first.")
    assert await placed(evening, job) == "apart"
    assert await evening.page() == ["One.", "First.", "After first."]


async def test_words_written_while_a_retry_waits_in_line_stay_on_the_page_too(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    evening.engine.hold()
    await held(evening, await evening.stories.retry(ANA, CHANNEL, HERE, first.id))
    waiting = await evening.stories.retry(ANA, CHANNEL, HERE, first.id)
    await evening.stories.add(BEN, CHANNEL, "After first.")
    assert await placed(evening, waiting) == "apart"
    assert await evening.page() == ["One.", "First.", "After first."]


async def test_one_story_has_one_turn_of_the_ai_at_a_time(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.enqueue(["First."])
    evening.engine.enqueue(["Second."])
    jobs = [await evening.stories.continue_story(member, CHANNEL, HERE) for member in (ANA, BEN)]
    for job in jobs:
        await evening.ended(job)
    assert evening.engine.busiest == 1
    assert await evening.page() == ["One.", "First.", "Second."]


async def test_a_style_deleted_while_its_story_goes_on_gives_way_to_the_default(evening: Evening) -> None:
    story = await evening.started("One.")
    await evening.database.execute("UPDATE stories SET style = 'Gone' WHERE id = ?", (story.id,))
    assert (await evening.continued()).style == "Plain"


async def test_a_job_keeps_its_seed_and_another_has_another(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.stories.continue_story(ANA, CHANNEL, HERE)
    second = await evening.stories.continue_story(ANA, CHANNEL, HERE)
    assert seed_of(first) == seed_of(first) != seed_of(second)
    assert 0 <= seed_of(first) < 2**31


async def test_the_ai_is_told_nothing_of_banned_phrases_and_its_request_carries_them(evening: Evening) -> None:
    await evening.phrases.change(ADMIN, "a testament to\nshiver*")
    await evening.started("One.")
    await evening.ended(await evening.stories.continue_story(ANA, CHANNEL, HERE))
    (request,) = evening.engine.texts
    assert request.banned == ("a testament to", "shiver*")
    assert not any("testament" in part.text for part in request.parts)
