"""What fails stays with whom it belongs to, is tried once more with less, and is never shown as a black picture."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import torch

from models.errors import EmptyPrompt, InvalidRequest, ModelFault, NotFinite, OutOfMemory
from tests.models.image.conftest import Benches, Saved
from tests.models.image.tiny import Bench, alike, ask, tiny_preset


@contextmanager
def hooked(module: Any, hook: Any) -> Iterator[None]:
    handle = module.register_forward_hook(hook)
    yield
    handle.remove()


def spoiled(rows: slice) -> Any:
    """Let the network answer some rows of a batch with numbers that are none."""

    def spoil(_module: Any, _args: Any, output: Any) -> Any:
        output[0][rows] = torch.nan
        return output

    return spoil


def refusing(error: Exception, *, from_pixels: int = 0, from_rows: int = 1) -> Any:
    """Let a module fail on tensors that are too large."""

    def refuse(_module: Any, args: Any, _output: Any) -> None:
        shape = args[0].shape
        if shape[-1] * shape[-2] >= from_pixels and len(args[0]) >= from_rows:
            raise error

    return refuse


def test_a_picture_that_overflows_is_named_and_not_shown(bench: Bench) -> None:
    ticket = bench.submit(ask("a cat", 1))
    with hooked(bench.loaded.drawing.unet, spoiled(slice(None))):
        bench.finish()
    assert isinstance(bench.heard[ticket][-1], NotFinite)
    assert len(bench.steps(ticket)) == 0


def test_only_the_one_that_overflows_fails(bench: Bench) -> None:
    alone = bench.run(ask("a dog", 2, guidance=0.0))[0].pictures
    spoilt, sound = bench.submit(ask("a cat", 1, guidance=0.0)), bench.submit(ask("a dog", 2, guidance=0.0))
    with hooked(bench.loaded.drawing.unet, spoiled(slice(0, 1))):
        bench.finish()
    assert isinstance(bench.heard[spoilt][-1], NotFinite)
    assert alike(bench.end(sound).pictures, alone)


@pytest.mark.parametrize("value", [torch.nan, -1.0], ids=["not a number", "black"])
def test_what_the_vae_turns_black_is_not_shown(bench: Bench, value: float) -> None:
    ticket = bench.submit(ask("a cat", 1))
    with hooked(bench.loaded.drawing.vae.decoder, lambda _module, _args, output: torch.full_like(output, value)):
        bench.finish()
    assert isinstance(bench.heard[ticket][-1], NotFinite)


def test_where_memory_is_short_pictures_are_drawn_one_by_one(bench: Bench) -> None:
    asked = [ask("a cat", 1, guidance=0.0), ask("a dog", 2, guidance=0.0)]
    alone = [bench.run(request)[0].pictures for request in asked]
    tickets = [bench.submit(request) for request in asked]
    with hooked(bench.loaded.drawing.unet, refusing(MemoryError(), from_rows=2)):
        bench.finish()
    assert all(alike(bench.end(ticket).pictures, one) for ticket, one in zip(tickets, alone, strict=True))


def test_where_memory_is_short_tiles_are_smaller(saved: Saved) -> None:
    bench = Bench(tiny_preset("sdxl", saved("sdxl")), tile_px=128)
    ticket = bench.submit(ask("a cat", 1, width=128, height=128))
    with hooked(bench.loaded.drawing.vae.decoder, refusing(MemoryError(), from_pixels=16 * 16)):
        bench.finish()
    assert bench.end(ticket).pictures[0].width == 128


def test_what_does_not_fit_even_so_is_told_which_size_would(bench: Bench) -> None:
    full = RuntimeError("DefaultCPUAllocator: can't allocate memory")
    large, small = bench.submit(ask("a cat", 1, width=128, height=128)), bench.submit(ask("a dog", 2))
    with hooked(bench.loaded.drawing.unet, refusing(full, from_pixels=16 * 16)):
        bench.finish()
    error = bench.heard[large][-1]
    assert isinstance(error, OutOfMemory)
    assert error.fits == (64, 64)
    assert "64 x 64" in str(error)
    assert bench.run(ask("a cat", 1, width=error.fits[0], height=error.fits[1]))
    assert bench.end(small)


def test_only_the_request_that_breaks_the_pipeline_fails(bench: Bench) -> None:
    alone = bench.run(ask("a dog", 2))[0].pictures
    tokenizer = bench.loaded.drawing.tokenizer
    cursed = tokenizer("~")["input_ids"][1]

    def curse(_module: Any, args: Any, _output: Any) -> None:
        if (args[0] == cursed).any():
            raise RuntimeError("boom")

    bad, good = bench.submit(ask("~", 1)), bench.submit(ask("a dog", 2))
    with hooked(bench.loaded.drawing.text_encoder, curse):
        bench.finish()
    assert type(bench.heard[bad][-1]) is ModelFault
    assert alike(bench.end(good).pictures, alone)


def test_a_failure_holds_nothing_on_the_device(bench: Bench) -> None:
    ticket = bench.submit(ask("a cat", 1))
    with hooked(bench.loaded.drawing.unet, refusing(RuntimeError("boom"))):
        bench.finish()
    error = bench.heard[ticket][-1]
    assert isinstance(error, ModelFault)
    assert error.__cause__ is not None
    frames = [frame for frame, _ in traceback.walk_tb(error.__cause__.__traceback__)]
    assert not [name for frame in frames for name, value in frame.f_locals.items() if hasattr(value, "is_cuda")]


def test_a_vae_that_was_left_in_another_precision_is_put_back(bench: Bench) -> None:
    vae = bench.loaded.drawing.vae
    before = bench.run(ask("a cat", 1))[0].pictures
    bench.submit(ask("a cat", 1))
    for _ in range(4):
        bench.batch.step()
    vae.to(torch.float64)  # as SDXL does in fp16 while it decodes
    bench.batch.cancel(1)
    assert vae.dtype == torch.float32
    assert bench.run(ask("a cat", 1))[0].pictures == before


def test_a_pipeline_that_fails_while_it_is_left_takes_nobody_along(bench: Bench) -> None:
    alone = bench.run(ask("a dog", 2))[0].pictures
    given_up, waiting = bench.submit(ask("a cat", 1, steps=5)), bench.submit(ask("a dog", 2))
    for _ in range(4):
        bench.batch.step()

    def fail() -> None:
        raise MemoryError

    painter: Any = bench.batch._painter
    painter._restore, restore = fail, painter._restore
    bench.batch.cancel(given_up)
    painter._restore = restore
    bench.finish()
    assert bench.end(waiting).pictures == alone


def test_a_preview_that_fails_costs_only_itself(bench: Bench) -> None:
    def fail(_look: Any) -> Any:
        raise RuntimeError("boom")

    bench.batch._sketch = fail
    ticket = bench.submit(ask("a cat", 1))
    bench.finish()
    assert bench.previews(ticket) == []
    assert bench.end(ticket)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"width": 0, "height": 0}, "no area"), ({"width": 60_000, "height": 60_000}, "more than"),
        ({"steps": 0}, "steps has to lie"), ({"steps": 10_000}, "steps has to lie"),
        ({"guidance": float("nan")}, "guidance has to lie"), ({"guidance": -1.0}, "guidance has to lie"),
        ({"image": b"no picture"}, "cannot be read"), ({"references": (b"",)}, "looks at 0 other"),
        ({"mask": b""}, "cannot change a part"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_before_it_waits(bench: Bench, changes: Any, sentence: str) -> None:
    with pytest.raises(InvalidRequest, match=sentence):
        bench.engine.drawing(0, ask("a cat", 1, **changes))


@pytest.mark.parametrize("name", ["sdxl", "flux2-klein-4b"])
@pytest.mark.parametrize(
    "prompt", ["a cat " * 667, "🐈🌙", "a\0cat", "\u202e\ud7ff"], ids=["long", "emoji", "nul", "odd"]
)
def test_whatever_a_member_writes_is_drawn(benches: Benches, name: str, prompt: str) -> None:
    assert benches(name).run(ask(prompt, 1, avoid=prompt))[0].pictures


@pytest.mark.parametrize("prompt", ["", "  \n"])
def test_nothing_is_not_drawn(bench: Bench, prompt: str) -> None:
    with pytest.raises(EmptyPrompt):
        bench.engine.drawing(0, ask(prompt, 1))


@pytest.mark.parametrize("strength", [0.0, -1.0, 1.5, float("nan")])
def test_a_strength_beyond_all_is_refused(bench: Bench, picture: bytes, strength: float) -> None:
    with pytest.raises(InvalidRequest, match="strength"):
        bench.engine.drawing(0, ask("a cat", 1, image=picture, strength=strength))


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_is_none_is_refused(bench: Bench, seed: int) -> None:
    with pytest.raises(InvalidRequest, match="a seed"):
        bench.engine.drawing(0, ask("a cat", seed))
