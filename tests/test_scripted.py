"""The scripted engine keeps the promises of `Engine` that tests lean on."""

from __future__ import annotations

import asyncio

import pytest

from models.engine import Engine
from models.errors import ModelFault
from models.events import Event, Finished, Started, TextDelta
from models.requests import PromptPart, Role, TextRequest
from tests.scripted import ScriptedEngine


def request(id: str = "1") -> TextRequest:
    return TextRequest(id, (PromptPart("story", Role.USER, "It was a dark night."),))


async def events(engine: Engine, asked: TextRequest) -> list[Event]:
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
