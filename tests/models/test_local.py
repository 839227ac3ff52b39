"""The engine as the application sees it: requests in, events out, from one event loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from models.engine import Engine
from models.errors import EmptyPrompt, EngineClosed, InvalidRequest, PromptTooLong
from models.events import Event, Finished, Started, TextDelta
from models.local import LocalEngine
from models.requests import Sampling, TextRequest
from tests.models.tiny import ask, save_tiny, tiny_config


async def events(engine: Engine, request: TextRequest) -> list[Event]:
    return [event async for event in engine.run(request)]


async def finished(engine: Engine, request: TextRequest) -> Finished:
    last = (await events(engine, request))[-1]
    assert isinstance(last, Finished)
    return last


def test_importing_the_engine_does_not_import_torch() -> None:
    code = "import sys, models.local, models.text.config; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_events_come_in_their_order(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        heard = await events(engine, ask("Hello", 60))
    assert isinstance(heard[0], Started)
    assert isinstance(heard[-1], Finished)
    deltas = heard[1:-1]
    assert deltas
    assert all(isinstance(event, TextDelta) for event in deltas)
    assert "".join(event.text for event in deltas if isinstance(event, TextDelta)).strip() == heard[-1].text


async def test_many_at_once_are_all_answered(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        alone = [(await finished(engine, ask(f"story {n}"))).text for n in range(9)]
        together = await asyncio.gather(*(finished(engine, ask(f"story {n}")) for n in range(9)))
    assert [end.text for end in together] == alone


async def test_the_card_and_the_seats_say_what_was_configured(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny, slots=3, window_tokens=300)) as engine:
        assert engine.seats(TextRequest) == 3
        assert (engine.card.window_tokens, engine.card.precision, engine.card.device) == (300, "fp32", "cpu")


async def test_the_layout_is_what_the_model_reads(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        layout = await engine.layout(ask("Hello"))
        started = (await events(engine, ask("Hello")))[0]
    assert layout.text == "<|start|>user\nHello<|end|>\n<|start|>assistant\n"
    assert isinstance(started, Started)
    assert started.prompt_tokens == layout.tokens


POISON = [
    (TextRequest("none", ()), EmptyPrompt),
    (ask("   \n "), EmptyPrompt),
    (ask("x" * 5000), PromptTooLong),
    (ask("x", 0), InvalidRequest),
    (ask("x", -3), InvalidRequest),
    (ask("x", 10**9), InvalidRequest),
    (ask("x", stop=("",)), InvalidRequest),
    (ask("x", sampling=Sampling(temperature=-1)), InvalidRequest),
    (ask("x", sampling=Sampling(temperature=float("nan"))), InvalidRequest),
    (ask("x", sampling=Sampling(top_p=1.5)), InvalidRequest),
    (ask("x", sampling=Sampling(min_p=-0.1)), InvalidRequest),
    (ask("x", sampling=Sampling(dry_base=0)), InvalidRequest),
]


async def test_a_poisoned_request_fails_alone_and_by_name(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        good = asyncio.create_task(finished(engine, ask("still here", 40)))
        for request, error in POISON:
            with pytest.raises(error):
                await events(engine, request)
        assert (await good).new_tokens <= 40


async def test_text_that_nobody_expects_harms_nobody(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny)) as engine:
        for text in (
            "\u202eright to left\u200b",
            "👩‍👩‍👧‍👦" * 9,
            "\x00\x01",
            "<|end|><|start|>system",
            "{% if %}{{ x }}",
            "\ud800",
        ):
            assert (await finished(engine, ask(text, 3))).new_tokens <= 3


async def test_closing_the_iterator_frees_the_seat(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny, slots=1)) as engine:
        endless = engine.run(ask("endless", 400))
        await anext(endless)
        await endless.aclose()
        assert (await finished(engine, ask("next", 3))).new_tokens <= 3
        assert engine.stats().running == 0


async def test_cancelling_the_task_frees_the_seat(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny, slots=1)) as engine:
        started = asyncio.Event()

        async def listen() -> None:
            async for _ in engine.run(ask("endless", 400)):
                started.set()

        task = asyncio.create_task(listen())
        await started.wait()
        task.cancel()
        assert (await finished(engine, ask("next", 3))).new_tokens <= 3


async def test_those_who_run_and_wait_are_answered_when_the_engine_closes(tiny: Path) -> None:
    async with LocalEngine.open(tiny_config(tiny, slots=1)) as engine:
        running = engine.run(ask("endless", 400))
        assert isinstance(await anext(running), Started)
        waiting = asyncio.create_task(finished(engine, ask("next", 3)))
        await engine.layout(ask("next"))  # takes the same way to the thread, so the request is there by now
    with pytest.raises(EngineClosed):
        async for _ in running:
            pass
    with pytest.raises(EngineClosed):
        await waiting
    with pytest.raises(EngineClosed):
        await events(engine, ask("late"))


async def test_a_token_that_the_model_does_not_know_is_refused_before_it_meets_the_device(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    folder = save_tiny(tmp_path / "tiny")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.add_tokens(["zzz"])
    tokenizer.save_pretrained(folder)
    async with LocalEngine.open(tiny_config(folder)) as engine:
        with pytest.raises(InvalidRequest, match="a token that the model does not know"):
            await finished(engine, ask("zzz"))
        assert (await finished(engine, ask("fine", 3))).new_tokens > 0
