"""The real small model, in 4 bits: it writes, it keeps a row warm, eight share it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from models.events import Finished, Started
from models.local import LocalEngine
from models.requests import PromptPart, Role, Sampling, TextRequest
from models.text.config import TextModelConfig

RULES = PromptPart("rules", Role.SYSTEM, "You write stories.")
OPENING = PromptPart("passage", Role.USER, "Mara climbed the stairs of the lighthouse. Write what happens next.")
# One loading serves all tests of this file.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(embedded: TextModelConfig) -> AsyncIterator[LocalEngine]:
    async with LocalEngine.open(embedded) as opened:
        yield opened


async def written(engine: LocalEngine, request: TextRequest) -> tuple[Started, Finished]:
    heard = [event async for event in engine.run(request)]
    assert isinstance(heard[0], Started)
    assert isinstance(heard[-1], Finished)
    return heard[0], heard[-1]


async def test_the_real_model_goes_on_with_a_story(engine: LocalEngine) -> None:
    card = engine.card
    assert (card.name, card.licence, card.precision) == ("SmolLM2-135M-Instruct", "Apache-2.0", "nf4")
    _, end = await written(engine, TextRequest("r", (RULES, OPENING), 24, Sampling(seed=3)))
    assert len(end.text.split()) > 5
    again = TextRequest("s", (RULES, OPENING, replace(OPENING, role=Role.ASSISTANT, text=end.text), OPENING), 4)
    started, _ = await written(engine, replace(again, warm_key="story"))
    warm, _ = await written(engine, replace(again, warm_key="story"))
    assert started.cached_tokens == 0
    assert warm.cached_tokens == warm.prompt_tokens - 1


async def test_eight_members_are_answered_together(engine: LocalEngine) -> None:
    requests = [
        TextRequest(str(n), (RULES, replace(OPENING, text=f"{n} ships. Go on.")), 12, Sampling(seed=n))
        for n in range(8)
    ]
    ends = await asyncio.gather(*(written(engine, request) for request in requests))
    assert all(1 <= end.new_tokens <= 12 for _, end in ends)
    assert len({end.text for _, end in ends}) == 8


async def test_the_real_model_finds_other_words_for_what_it_may_not_say(engine: LocalEngine) -> None:
    request = TextRequest("r", (RULES, OPENING), 32, Sampling(seed=5, xtc_probability=0.5))
    first, second, *_ = (await written(engine, request))[1].text.lower().split()
    banned = (f"{first} {second}".strip(".,"), "lighthouse*", "mara")
    _, end = await written(engine, replace(request, banned=banned))
    assert len(end.text.split()) > 5
    assert not any(phrase.rstrip("*") in end.text.lower().split() for phrase in banned[1:])
    assert not end.text.lower().startswith(banned[0])
