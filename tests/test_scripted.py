"""The scripted engine keeps the promises of `Engine` that tests lean on."""

from __future__ import annotations

import asyncio

import pytest

from models.engine import Engine
from models.errors import ModelFault, ModelUnavailable
from models.events import Drawn, DrawnPicture, Event, Finished, Preview, Started, StepDone, TextDelta
from models.requests import ImageRequest, PromptPart, Request, Role, SightRequest, TextRequest
from tests.scripted import ScriptedEngine


def request(id: str = "1") -> TextRequest:
    return TextRequest(id, (PromptPart("story", Role.USER, "It was a dark night."),))


def drawing(id: str = "1", seeds: tuple[int, ...] = (7,)) -> ImageRequest:
    return ImageRequest(id, "a boat", seeds, 96, 64)


async def events(engine: Engine, asked: Request) -> list[Event]:
    return [event async for event in engine.run(asked)]


async def test_it_says_what_was_enqueued_in_order_and_remembers_the_request() -> None:
    engine = ScriptedEngine()
    engine.enqueue(["Once", " upon"], device_ms=7)
    said = await events(engine, request())
    assert said[:3] == [Started(5, 0), TextDelta("Once"), TextDelta(" upon")]
    assert isinstance(said[3], Finished)
    assert (said[3].text, said[3].device_ms) == ("Once upon", 7)
    assert [asked.id for asked in engine.history] == ["1"]


async def test_an_enqueued_error_is_raised_where_it_stands() -> None:
    engine = ScriptedEngine()
    engine.enqueue(["Once", ModelFault("poison")])
    running = engine.run(request())
    assert [await anext(running), await anext(running)] == [Started(5, 0), TextDelta("Once")]
    with pytest.raises(ModelFault):
        await anext(running)


async def test_held_requests_wait_until_they_are_released() -> None:
    engine = ScriptedEngine()
    engine.hold(after=1)
    first, second = (asyncio.create_task(events(engine, request(id))) for id in "12")
    await engine.came(2)
    assert engine.busiest == 2
    engine.release(1)
    assert isinstance((await first)[-1], Finished)
    assert not second.done()
    engine.release()
    assert isinstance((await second)[-1], Finished)
    assert isinstance((await events(engine, request("3")))[-1], Finished)


async def test_a_held_request_can_be_let_go_to_its_next_piece() -> None:
    engine = ScriptedEngine()
    engine.enqueue(["Once", " upon"])
    engine.hold()
    running = asyncio.create_task(events(engine, request()))
    await engine.came(1)
    engine.hold(after=1)
    engine.release(1)
    engine.release(1)
    assert isinstance((await running)[-1], Finished)


async def test_closing_the_iterator_is_remembered() -> None:
    engine = ScriptedEngine()
    running = engine.run(request())
    await anext(running)
    await running.aclose()  # type: ignore[attr-defined]
    assert engine.closed == ["1"]


async def test_layout_counts_every_part() -> None:
    layout = await ScriptedEngine().layout(request())
    assert (layout.text, layout.tokens, len(layout.parts)) == ("It was a dark night.", 5, 1)


async def test_it_draws_step_by_step_with_previews_that_get_clearer() -> None:
    *before, drawn = await events(ScriptedEngine(), drawing())
    assert before[0] == Started()
    assert [event for event in before if isinstance(event, StepDone)] == [StepDone(step, 4) for step in (1, 2, 3, 4)]
    previews = [event.jpeg for event in before if isinstance(event, Preview)]
    assert len({*previews}) == 3
    assert all(jpeg.startswith(b"\xff\xd8") for jpeg in previews)
    assert isinstance(drawn, Drawn)
    assert (drawn.steps, drawn.guidance) == (4, 2.0)


async def test_a_picture_has_the_size_that_was_asked_and_depends_on_its_seed_alone() -> None:
    first, again = [(await events(ScriptedEngine(), drawing(seeds=(7, 8))))[-1] for _ in range(2)]
    assert isinstance(first, Drawn)
    one, other = first.pictures
    assert (one.width, one.height, len(one.rgb), one.seed) == (96, 64, 96 * 64 * 3, 7)
    assert one.rgb != other.rgb
    assert first == again


async def test_the_outcome_of_a_drawing_can_be_scripted() -> None:
    engine = ScriptedEngine()
    black = DrawnPicture(1, 1, b"\0\0\0", seed=7)
    engine.enqueue_picture([black], steps=2, has_previews=False, device_ms=9)
    assert await events(engine, drawing()) == [Started(), StepDone(1, 2), StepDone(2, 2), Drawn((black,), 2, 2.0, 9)]
    engine.enqueue_picture(ModelFault("poison"), steps=0)
    with pytest.raises(ModelFault):
        await events(engine, drawing())


async def test_a_held_drawing_has_done_as_many_steps_as_the_test_says() -> None:
    engine = ScriptedEngine()
    engine.hold(after=2)
    running = engine.run(drawing())
    assert [await anext(running) for _ in range(5)][3] == StepDone(2, 4)
    third = asyncio.ensure_future(anext(running))
    await asyncio.sleep(0)
    assert not third.done()
    engine.release()
    assert await third == StepDone(3, 4)


async def test_it_says_what_it_sees_in_the_words_that_were_enqueued() -> None:
    engine = ScriptedEngine()
    engine.enqueue(["A boat."])
    said = (await events(engine, SightRequest("1", b"png", "What is this?")))[-1]
    assert isinstance(said, Finished)
    assert said.text == "A boat."
    assert [len(each) for each in (engine.texts, engine.pictures, engine.looks)] == [0, 0, 1]


async def test_each_kind_of_request_has_its_own_seats_and_without_a_card_none() -> None:
    engine = ScriptedEngine(seats=3, picture_seats=2, sight_seats=1)
    assert [engine.seats(kind) for kind in (TextRequest, ImageRequest, SightRequest)] == [3, 2, 1]
    engine.image_card = engine.sight_card = None
    assert [engine.seats(kind) for kind in (TextRequest, ImageRequest, SightRequest)] == [3, 0, 0]
    for asked in (drawing(), SightRequest("1", b"png", "What is this?")):
        with pytest.raises(ModelUnavailable):
            await events(engine, asked)
