"""One device writes, draws and looks at pictures, each with a real small model, all asked at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from models import opening
from models.choice import Choice
from models.engine import Engine
from models.errors import EmptyPrompt, EngineClosed, ModelUnavailable
from models.events import Drawn, Event, Finished, Started, StepDone
from models.hardware import GIB
from models.image.config import ImageModelConfig
from models.local import LocalEngine
from models.outlook import outlook
from models.parking import Plan, Tenant
from models.requests import ImageRequest, Request, SightRequest, TextRequest
from models.shared import Desk
from models.sight.config import SightConfig
from models.text.config import TextModelConfig
from tests.models.image.tiny import ask as draw
from tests.models.image.tiny import sdxl
from tests.models.sight.tiny import look_at, picture, save_sight, sight_config
from tests.models.tiny import ask, tiny_config


@dataclass(frozen=True)
class House:
    """Where three tiny models lie."""

    text: TextModelConfig
    image: ImageModelConfig
    sight: SightConfig


@pytest.fixture(scope="module")
def house(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    pictures = tmp_path_factory.mktemp("pictures")
    sdxl().save_pretrained(pictures)
    return House(
        tiny_config(tiny),
        ImageModelConfig(str(pictures), device="cpu"),
        sight_config(save_sight(tmp_path_factory.mktemp("sight"), "llava")),
    )


async def events(engine: Engine, request: Request) -> list[Event]:
    return [event async for event in engine.run(request)]


async def finished(engine: Engine, request: TextRequest | SightRequest) -> Finished:
    last = (await events(engine, request))[-1]
    assert isinstance(last, Finished)
    return last


async def drawn(engine: Engine, request: ImageRequest) -> Drawn:
    last = (await events(engine, request))[-1]
    assert isinstance(last, Drawn)
    return last


def largest_difference(one: Drawn, other: Drawn) -> int:
    """Compare two pictures by their bytes: in a batch numbers are rounded otherwise than alone."""
    first, second = (np.frombuffer(drawn.pictures[0].rgb, np.uint8).astype(int) for drawn in (one, other))
    return int(np.abs(first - second).max())


def opened(house: House) -> AbstractAsyncContextManager[LocalEngine]:
    return LocalEngine.open(house.text, image=house.image, sight=house.sight)


# One loading serves the tests that leave the engine as it was.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(house: House) -> AsyncIterator[LocalEngine]:
    async with opened(house) as engine:
        yield engine


async def test_all_kinds_of_requests_are_answered_side_by_side(engine: LocalEngine) -> None:
    texts = [finished(engine, ask(f"story {n}")) for n in range(5)]
    looks = [finished(engine, look_at(picture())) for _ in range(2)]
    pictures = [drawn(engine, draw("a lighthouse", n)) for n in range(4)]
    stories, answers, works = await asyncio.gather(
        asyncio.gather(*texts), asyncio.gather(*looks), asyncio.gather(*pictures)
    )
    assert len(stories) == 5
    assert answers[1].text == (await finished(engine, look_at(picture()))).text
    assert largest_difference(works[3], await drawn(engine, draw("a lighthouse", 3))) <= 1


async def test_each_kind_has_its_card_and_its_seats(engine: LocalEngine, house: House) -> None:
    assert (engine.seats(TextRequest), engine.seats(ImageRequest), engine.seats(SightRequest)) == (4, 4, 1)
    assert engine.image_card
    assert engine.sight_card
    assert engine.image_card.name == Path(house.image.model).name
    assert engine.sight_card.name == Path(house.sight.model).name
    assert engine.stats().image_step_ms > 0


async def test_a_picture_tells_its_steps(engine: LocalEngine) -> None:
    heard = await events(engine, draw())
    assert isinstance(heard[0], Started)
    assert [event.step for event in heard if isinstance(event, StepDone)] == [1, 2, 3]
    assert isinstance(heard[-1], Drawn)
    assert heard[-1].device_ms > 0


async def test_a_picture_that_nobody_waits_for_is_given_up(engine: LocalEngine) -> None:
    endless = engine.run(draw(steps=100))
    await anext(endless)
    await endless.aclose()
    assert (await drawn(engine, draw())).steps == 3


async def test_what_was_not_loaded_is_refused_and_has_no_seat(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        assert (engine.image_card, engine.sight_card) == (None, None)
        assert engine.seats(ImageRequest) == engine.seats(SightRequest) == 0
        for request in (draw(), look_at(picture())):
            with pytest.raises(ModelUnavailable):
                await events(engine, request)
        assert engine.stats().image_step_ms == 0


async def test_a_wish_that_cannot_be_drawn_fails_alone(engine: LocalEngine) -> None:
    with pytest.raises(EmptyPrompt):
        await events(engine, draw(" "))
    assert len((await drawn(engine, draw("two", 1, 2))).pictures) == 2


async def test_a_pipeline_that_cannot_be_loaded_keeps_the_engine_from_opening(house: House, tmp_path: Path) -> None:
    absent = replace(house.image, model=str(tmp_path / "no-pipeline"))
    with pytest.raises(ModelUnavailable, match="no-pipeline"):
        async with LocalEngine.open(house.text, image=absent):
            pass


async def test_all_are_answered_when_the_engine_closes_in_the_middle(house: House) -> None:
    async with opened(house) as engine:
        picture_, story = engine.run(draw(steps=100)), engine.run(ask("endless", 400))
        await anext(picture_)
        await anext(story)
    for running in (picture_, story):
        with pytest.raises(EngineClosed):
            async for _ in running:
                pass


async def test_first_words_come_while_a_long_picture_is_drawn(engine: LocalEngine) -> None:
    endless = engine.run(draw(steps=150))
    await anext(endless)
    story = await events(engine, ask("The sea", 5))
    assert isinstance(story[-1], Finished)
    later = [event async for event in endless]
    told = [event for event in later if isinstance(event, StepDone)]
    assert told[-1].step == 150


@pytest.fixture
def small_card(monkeypatch: pytest.MonkeyPatch, house: House) -> Iterator[list[str]]:
    """Let one model at a time have room, and note who is moved where."""
    moves: list[str] = []
    seen = outlook(Choice(house.text, house.image, house.sight))
    tenants = tuple(replace(tenant, working_bytes=0) for tenant in seen.tenants)
    crowded = replace(seen, tenants=tenants, plan=Plan(("text",), ("pictures", "sight")))
    monkeypatch.setattr(opening, "outlook", lambda _choice: crowded)
    monkeypatch.setattr(opening, "_room_bytes", lambda *_: GIB)
    monkeypatch.setattr(opening.Models, "tenants", lambda *_: [Tenant(one.name, GIB) for one in tenants])
    make = opening.Models.desks

    def desks(models: opening.Models) -> list[Desk]:
        made = make(models)
        for desk in made:
            desk.park = _noted(desk.park, f"park {desk.name}", moves)
            desk.fetch = _noted(desk.fetch, f"fetch {desk.name}", moves)
        return made

    monkeypatch.setattr(opening.Models, "desks", desks)
    yield moves


def _noted(move: Callable[[], object], words: str, moves: list[str]) -> Callable[[], None]:
    def note() -> None:
        moves.append(words)
        move()

    return note


async def test_where_one_model_fits_at_a_time_all_are_answered_by_swapping(house: House, small_card: list[str]) -> None:
    async with opened(house) as engine:
        await drawn(engine, draw())
        await finished(engine, ask("story"))
        assert small_card == ["park text", "fetch pictures", "park pictures", "fetch text"]
        texts = [finished(engine, ask(f"story {n}")) for n in range(6)]
        rest = [drawn(engine, draw()), finished(engine, look_at(picture())), drawn(engine, draw("another", 7))]
        await asyncio.gather(*texts, *rest)
    assert small_card.count("fetch sight") == 1


async def test_what_is_reckoned_before_loading_is_what_the_weights_take(engine: LocalEngine, house: House) -> None:
    seen = await LocalEngine.outlook(house.text, image=house.image, sight=house.sight)
    assert [tenant.name for tenant in seen.tenants] == ["text", "pictures", "sight"]
    assert seen.unknown == ()
    measured = engine._models.tenants({"text": 0, "pictures": 0, "sight": 0})
    for reckoned, taken in zip(seen.tenants, measured, strict=True):
        assert reckoned.weight_bytes == pytest.approx(taken.weight_bytes, rel=0.03)
    assert seen.plan == Plan(("text", "pictures", "sight"))
    assert seen.needed_bytes == sum(tenant.needed_bytes for tenant in seen.tenants)


async def test_a_model_that_is_not_here_is_named_as_unknown(house: House, tmp_path: Path) -> None:
    absent = replace(house.sight, model=str(tmp_path / "nothing"))
    seen = await LocalEngine.outlook(house.text, sight=absent)
    assert (seen.unknown, seen.needed_bytes) == (("sight",), None)


async def test_on_a_card_the_plan_is_made_for_what_is_free_there(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.get_device_name", lambda: "Card 9000")
    monkeypatch.setattr("torch.cuda.mem_get_info", lambda: (3 * GIB, 8 * GIB))
    card = Choice(replace(house.text, device="cuda"), ImageModelConfig("sdxl", device="cuda"))
    seen = outlook(card)
    assert seen.image
    assert seen.image.precision in ("nf4", "fp16")
    assert (seen.plan.resident, seen.plan.parked + seen.plan.too_large) == (("text",), ("pictures",))
