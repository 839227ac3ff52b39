"""What fails stays with whom it belongs to, and leaves nothing behind."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.errors import EngineClosed, ModelFault, OutOfMemory
from tests.models.tiny import Bench, ask

PROMPTS = ("The lighthouse", "Rain, and then more rain over the harbour")


@pytest.fixture(scope="module")
def bench(tiny: Path) -> Bench:
    return Bench(tiny)


@contextmanager
def cursed(bench: Bench, letter: str, error: Exception) -> Iterator[None]:
    """Make the model fail whenever a batch holds this letter."""
    token = bench.engine.loaded.tokenizer.convert_tokens_to_ids(letter)

    def fail(_model: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        if (kwargs["input_ids"] == token).any():
            raise error

    hook = bench.engine.loaded.model.register_forward_pre_hook(fail, with_kwargs=True)
    yield
    hook.remove()


@pytest.mark.parametrize(
    ("error", "named"), [(RuntimeError("boom"), ModelFault), (MemoryError(), OutOfMemory)], ids=["fault", "memory"]
)
def test_only_the_request_that_breaks_the_model_fails(bench: Bench, error: Exception, named: type[Exception]) -> None:
    alone = [bench.run(ask(prompt))[0].text for prompt in PROMPTS]
    with cursed(bench, "~", error):
        good, bad, other = (bench.submit(ask(text)) for text in (PROMPTS[0], "~", PROMPTS[1]))
        while bench.batch.step():
            pass
    assert isinstance(bench.heard[bad][-1], named)
    assert [bench.end(good).text, bench.end(other).text] == alone


@pytest.mark.parametrize("is_cancelled", [False, True], ids=["failing", "cancelled"])
def test_whoever_waits_for_what_a_neighbour_reads_goes_on_without_it(bench: Bench, is_cancelled: bool) -> None:
    story = "The same long evening in the same old house by the sea. " * 4
    alone = bench.run(ask(story, 8))[0].text
    with cursed(bench, "~", RuntimeError("boom")):
        leader, follower = bench.submit(ask(f"{story[:-9]}~")), bench.submit(ask(story, 8))
        bench.batch.step()
        assert not bench.heard[follower]  # it has no lane yet
        if is_cancelled:
            bench.batch.cancel(leader)
        while bench.batch.step():
            pass
    assert is_cancelled or isinstance(bench.heard[leader][-1], ModelFault)
    assert bench.end(follower).text == alone


def test_numbers_that_are_not_finite_fail_one_request_only(bench: Bench) -> None:
    import torch

    token = bench.engine.loaded.tokenizer.convert_tokens_to_ids("~")

    def spoil(_model: Any, _args: Any, kwargs: dict[str, Any], output: Any) -> None:
        output.logits[(kwargs["input_ids"] == token).any(dim=1)] = torch.nan

    hook = bench.engine.loaded.model.register_forward_hook(spoil, with_kwargs=True)
    good, bad = bench.submit(ask("fine", 5)), bench.submit(ask("~", 5))
    while bench.batch.step():
        pass
    hook.remove()
    assert isinstance(bench.heard[bad][-1], ModelFault)
    assert bench.end(good).new_tokens == 5


def test_all_are_answered_when_everything_fails(bench: Bench) -> None:
    tickets = [bench.submit(ask(f"{n}")) for n in range(6)]
    bench.batch.step()
    bench.batch.fail_all(EngineClosed("closed"))
    assert all(isinstance(bench.heard[ticket][-1], EngineClosed) for ticket in tickets)
    assert not bench.batch.step()


def spoil_embedding(model: Any, token: int) -> None:
    """Let this token turn all numbers of a sequence that reads it to nan, in its lane as well."""
    import torch

    model.get_input_embeddings().weight.data[token] = torch.nan


def test_the_numbers_of_a_poisoned_request_do_not_outlive_it(tiny: Path) -> None:
    bench = Bench(tiny)
    prompts = ["Rain", "Rain, and then more rain over the harbour " * 2]
    alone = [bench.run(ask(prompt))[0].text for prompt in prompts]
    spoil_embedding(bench.engine.loaded.model, bench.engine.loaded.tokenizer.convert_tokens_to_ids("~"))
    poisoned = bench.submit(ask("~" * 90, 5))
    while bench.batch.step():
        pass
    assert isinstance(bench.heard[poisoned][-1], ModelFault)
    assert [end.text for end in bench.run(*(ask(prompt) for prompt in prompts))] == alone


def test_nor_do_those_of_one_that_was_cancelled_before_it_was_read(tiny: Path) -> None:
    bench = Bench(tiny)
    prompts = ["Rain", "Rain, and then more rain over the harbour " * 2]
    alone = [bench.run(ask(prompt))[0].text for prompt in prompts]
    spoil_embedding(bench.engine.loaded.model, bench.engine.loaded.tokenizer.convert_tokens_to_ids("~"))
    poisoned = bench.submit(ask("~" * 90, 5))
    bench.batch.step()
    bench.batch.cancel(poisoned)
    assert [end.text for end in bench.run(*(ask(prompt) for prompt in prompts))] == alone


@contextmanager
def little_memory(monkeypatch: pytest.MonkeyPatch, allocations: int) -> Iterator[None]:
    """Let the lanes grow by so many tensors; then memory is full."""
    from models.text.cache import Lanes

    left = iter(range(allocations))
    resized = Lanes._resized

    def grow(lanes: Lanes, store: Any, *size: int) -> Any:
        if next(left, None) is None:
            raise MemoryError
        return resized(lanes, store, *size)

    with monkeypatch.context() as patch:
        patch.setattr(Lanes, "_resized", grow)
        yield


@pytest.mark.parametrize("allocations", range(4))
def test_lanes_that_could_not_grow_still_serve_those_who_write(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, allocations: int
) -> None:
    bench = Bench(tiny)
    alone = [bench.run(ask(prompt))[0].text for prompt in PROMPTS]
    writing = [bench.submit(ask(prompt)) for prompt in PROMPTS]
    for _ in range(4):
        bench.batch.step()
    with little_memory(monkeypatch, allocations):
        refused = bench.submit(ask("a long one", 450))
        for _ in range(3):
            bench.batch.step()
    later = bench.submit(ask("a long one", 450))
    while bench.batch.step():
        pass
    assert isinstance(bench.heard[refused][-1], OutOfMemory)
    assert [bench.end(ticket).text for ticket in writing] == alone
    assert bench.end(later).new_tokens > 0


def test_warm_rows_make_room_for_a_lane_that_memory_refuses(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tiny)
    bench.run(ask("A story that is kept warm", warm_key="story"))
    drop_warm, memory = bench.batch._decoder.drop_warm, little_memory(monkeypatch, 0)
    memory.__enter__()

    def drop() -> None:
        drop_warm()
        memory.__exit__(None, None, None)

    monkeypatch.setattr(bench.batch._decoder, "drop_warm", drop)
    assert bench.run(ask("a long one", 450))[0].new_tokens > 0


def test_a_failure_holds_nothing_on_the_device(bench: Bench) -> None:
    with cursed(bench, "~", RuntimeError("boom")):
        bad = bench.submit(ask("~"))
        while bench.batch.step():
            pass
    error = bench.heard[bad][-1]
    assert isinstance(error, ModelFault)
    assert error.__cause__ is not None
    frames = [frame for frame, _ in traceback.walk_tb(error.__cause__.__traceback__)]
    assert not [name for frame in frames for name, value in frame.f_locals.items() if hasattr(value, "is_cuda")]
