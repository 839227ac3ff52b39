"""Pictures in the line: their own seats, their steps and glimpses, and what is made of them before they are stored."""

from __future__ import annotations

from bot.errors import NotStored, Unavailable
from bot.jobs.job import Glimpse, JobState, JobView
from bot.jobs.queue import JobQueue
from models.errors import NotFinite, OutOfMemory
from models.events import Preview
from tests.bot.jobs.house import ADA, BEN, CAT, House, asked, ended
from tests.scripted import ScriptedEngine


async def seen(queue: JobQueue, house: House, after: int) -> JobView:
    """Ask for a picture and return what is seen of it once so many of its steps are done."""
    house.engine.hold(after)
    job = await queue.submit(asked(kind="draw"))
    async for view in queue.watch(job.id):
        if view.steps == (after, 4) and (view.glimpse or not house.drawing.glimpse_of(Preview(b"jpeg"))):
            return view
    raise AssertionError("it ended unseen")


async def test_a_picture_is_drawn_digested_and_stored(house: House, queue: JobQueue) -> None:
    house.engine.enqueue_picture(device_ms=900)
    job = await queue.submit(asked(kind="draw"))
    last = (await ended(queue, job.id)).job
    assert (last.state, last.result, last.cost_ms) == (JobState.DONE, {"seeds": [job.id]}, 900)


async def test_watchers_see_the_steps_and_a_glimpse_and_at_the_end_neither(house: House, queue: JobQueue) -> None:
    view = await seen(queue, house, after=2)
    assert view.glimpse
    assert view.glimpse.jpeg.startswith(b"\xff\xd8")
    house.engine.release()
    last = await ended(queue, view.job.id)
    assert (last.steps, last.glimpse) == (None, None)


async def test_a_glimpse_may_be_hidden_behind_a_spoiler(house: House, queue: JobQueue) -> None:
    house.drawing.glimpse_of = lambda preview: Glimpse(b"veiled", is_spoiler=True)
    assert (await seen(queue, house, after=1)).glimpse == Glimpse(b"veiled", is_spoiler=True)


async def test_a_glimpse_may_be_withheld(house: House, queue: JobQueue) -> None:
    house.drawing.glimpse_of = lambda preview: None
    assert (await seen(queue, house, after=3)).glimpse is None


async def test_where_a_glimpse_cannot_be_judged_it_is_withheld_and_the_picture_goes_on(
    house: House, queue: JobQueue
) -> None:
    def fails(preview: Preview) -> Glimpse | None:
        raise OSError("the judge is ill")

    house.drawing.glimpse_of = fails
    job = await queue.submit(asked(kind="draw"))
    views = [view async for view in queue.watch(job.id)]
    assert views[-1].job.state is JobState.DONE
    assert not [view for view in views if view.glimpse]


async def test_digesting_is_repeated_while_the_database_is_busy(house: House, queue: JobQueue) -> None:
    house.drawing.fails_to_digest = [NotStored("database.busy")]
    job = await queue.submit(asked(kind="draw"))
    assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert house.drawing.digested == [job.id, job.id]
    assert len(house.engine.history) == 1


async def test_digesting_holds_up_no_transaction(house: House, queue: JobQueue) -> None:
    async def digest(job: object, result: object) -> list[int]:
        await house.database.execute("CREATE TABLE while_digesting (id INTEGER)")
        raise Unavailable("database.full")

    house.drawing.digest = digest  # type: ignore[method-assign]
    job = await queue.submit(asked(kind="draw"))
    assert (await ended(queue, job.id)).job.error == "database.full"
    assert await house.database.fetch_all("SELECT * FROM while_digesting") == []  # what it did was not rolled back


async def test_what_cannot_be_kept_fails_with_its_sentence_and_is_charged(house: House, queue: JobQueue) -> None:
    house.engine.enqueue_picture(device_ms=700)
    house.drawing.fails_to_digest = [Unavailable("database.full")]
    job = await queue.submit(asked(kind="draw"))
    last = (await ended(queue, job.id)).job
    assert (last.state, last.error, last.cost_ms) == (JobState.FAILED, "database.full", 700)


async def test_a_picture_that_does_not_fit_names_the_size_that_would(house: House, queue: JobQueue) -> None:
    house.engine.enqueue_picture(OutOfMemory("cuda", fits=(768, 512)))
    job = await queue.submit(asked(kind="draw"))
    failure = (await ended(queue, job.id)).job.failure
    assert failure
    assert "768 × 512" in failure


async def test_a_picture_of_numbers_that_ran_away_is_a_sentence_and_no_picture(house: House, queue: JobQueue) -> None:
    house.engine.enqueue_picture(NotFinite("nan"))
    job = await queue.submit(asked(kind="draw"))
    last = (await ended(queue, job.id)).job
    assert (last.error, last.result) == ("jobs.not_finite", None)


async def test_pictures_and_texts_do_not_wait_for_each_others_seats(house: House) -> None:
    house.engine = ScriptedEngine(seats=1, picture_seats=1)
    house.engine.hold()
    queue = house.queue()
    async with queue.running():
        pictures = [await queue.submit(asked(member, "draw")) for member in (ADA, BEN)]
        texts = [await queue.submit(asked(member)) for member in (BEN, CAT)]
        await house.engine.came(2)
        assert {request.id for request in house.engine.history} == {f"draw-{pictures[0].id}", str(texts[0].id)}
        waiting = [view.job.id for view in await queue.line(10) if view.place]
        assert waiting == [pictures[1].id]
        house.engine.release()
        for job in (*pictures, *texts):
            assert (await ended(queue, job.id)).job.state is JobState.DONE


async def test_where_nothing_draws_any_more_what_waited_for_it_is_told_so(house: House) -> None:
    job = await house.queue().submit(asked(kind="draw"))
    house.engine.image_card = None
    queue = house.queue()
    async with queue.running():
        assert (await ended(queue, job.id)).job.error == "jobs.model_unavailable"


async def test_what_was_being_drawn_when_the_process_died_is_drawn_again_and_kept_once(house: House) -> None:
    job = await house.queue().submit(asked(kind="draw"))
    await house.store.begin(job.id, house.time())
    queue = house.queue()
    async with queue.running():
        assert (await ended(queue, job.id)).job.state is JobState.DONE
    assert list(await house.writing.written()) == [job.id]


async def test_a_picture_that_is_cancelled_leaves_the_device_at_its_next_step(house: House, queue: JobQueue) -> None:
    view = await seen(queue, house, after=2)
    await queue.cancel(view.job.id, ADA)
    assert (await ended(queue, view.job.id)).job.state is JobState.CANCELLED
    await queue.submit(asked(BEN, "draw"))
    await house.engine.came(2)
    assert house.engine.closed == [f"draw-{view.job.id}"]


async def test_a_lane_tells_what_is_pending_in_it_until_it_has_ended(house: House, queue: JobQueue) -> None:
    house.engine.hold()
    job = await queue.submit(asked(kind="draw", lane="boat"))
    assert queue.is_pending("draw", "boat")
    await house.engine.came(1)
    assert not queue.is_waiting("draw", "boat")
    assert queue.is_pending("draw", "boat")
    assert not queue.is_pending("write", "boat")
    house.engine.release()
    await ended(queue, job.id)
    assert not queue.is_pending("draw", "boat")
