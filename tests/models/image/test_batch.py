"""Pictures on the device: the same alone and together, told as they come, given up at any step."""

from __future__ import annotations

import weakref
from typing import Any

import pytest
import torch

from models.errors import EngineClosed
from models.events import Drawn, Started
from tests.models.image.conftest import Benches, Saved
from tests.models.image.tiny import FAMILIES, Bench, alike, ask, tiny_preset


def floats(bench: Bench, *requests: Any) -> list[torch.Tensor]:
    """Return the pictures of requests that are drawn together, before they are rounded."""
    seen: list[torch.Tensor] = []
    painter: Any = bench.batch._painter
    paint = painter.paint

    def watch(*args: Any) -> Any:
        pictures = paint(*args)
        seen.extend(torch.as_tensor(pictures))
        return pictures

    painter.paint = watch
    bench.run(*requests)
    painter.paint = paint
    return seen


def difference(some: bytes, others: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(some, others, strict=True))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_picture_is_the_same_alone_and_together_with_another(name: str, benches: Benches) -> None:
    bench, asked = benches(name), [ask("a cat", 1), ask("two dogs and a hen", 2)]
    alone = [floats(bench, request)[0] for request in asked]
    for single, joined in zip(alone, floats(bench, *asked), strict=True):
        torch.testing.assert_close(joined, single, atol=1e-4, rtol=0)
    assert not torch.equal(*alone)


def test_what_is_to_be_avoided_is_each_requests_own(benches: Benches) -> None:
    bench, asked = benches("sdxl"), [ask("a cat", 1, avoid=avoid) for avoid in ("fur", "a long tail", "")]
    alone = [floats(bench, request)[0] for request in asked]
    joined = floats(bench, *asked)
    assert not any(torch.equal(alone[n], alone[n - 1]) for n in range(3))
    for single, together in zip(alone, joined, strict=True):
        torch.testing.assert_close(together, single, atol=1e-4, rtol=0)


def test_the_same_seed_and_settings_are_the_same_picture_and_others_are_not(bench: Bench) -> None:
    first, again, other = (bench.run(ask("a cat", seed))[0].pictures[0].rgb for seed in (7, 7, 8))
    assert first == again != other


def test_four_pictures_come_in_the_order_of_their_seeds(bench: Bench) -> None:
    four = bench.run(ask("a cat", 4, 1, 3, 2))[0].pictures
    assert [picture.seed for picture in four] == [4, 1, 3, 2]
    assert alike(four[1:2], bench.run(ask("a cat", 1))[0].pictures)


def test_a_request_begins_goes_on_by_steps_and_ends(bench: Bench) -> None:
    ticket = bench.submit(ask("a cat", 1, steps=4))
    bench.finish()
    assert isinstance(bench.heard[ticket][0], Started)
    assert bench.steps(ticket) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert isinstance(bench.heard[ticket][-1], Drawn)


def test_fewer_steps_are_told_where_a_picture_is_begun_from(bench: Bench, picture: bytes) -> None:
    ticket = bench.submit(ask("at night", 1, steps=6, image=picture, strength=0.5))
    bench.finish()
    assert bench.steps(ticket) == [(1, 3), (2, 3), (3, 3)]


def test_even_a_weak_change_takes_a_step(bench: Bench, picture: bytes) -> None:
    ticket = bench.submit(ask("at night", 1, steps=2, image=picture, strength=0.1))
    bench.finish()
    assert bench.steps(ticket) == [(1, 1)]


@pytest.mark.parametrize("strength", [0.001, 1e-12])
def test_a_strength_that_changes_next_to_nothing_asks_for_no_endless_schedule(
    bench: Bench, picture: bytes, strength: float
) -> None:
    ticket = bench.submit(ask("at night", 1, image=picture, strength=strength))
    bench.finish()
    assert bench.steps(ticket) == [(1, 1)]


def test_the_weaker_the_change_the_more_of_the_picture_stays(bench: Bench, picture: bytes) -> None:
    strengths = (0.1, 0.4, 1.0)
    kept, weak, strong = (
        bench.run(ask("night", 1, steps=10, image=picture, strength=strength))[0].pictures[0].rgb
        for strength in strengths
    )
    assert 0 < difference(kept, weak) < difference(kept, strong)


def test_one_step_is_one_bounded_piece(bench: Bench) -> None:
    passes: list[str] = []
    pipeline = bench.loaded.drawing
    for name in ("text_encoder", "text_encoder_2", "unet", "vae"):
        module = pipeline.vae.decoder if name == "vae" else getattr(pipeline, name)
        module.register_forward_pre_hook(lambda *_, name=name: passes.append(name))
    bench.submit(ask("a cat", 1, 2, steps=2, guidance=0.0, width=128, height=64))
    most = 0
    while True:
        before = len(passes)
        if not bench.batch.step():
            break
        most = max(most, len(passes) - before)
    assert most == 1
    assert {name: passes.count(name) for name in passes} == {
        "text_encoder": 1, "text_encoder_2": 1, "unet": 2, "vae": 2
    }  # fmt: skip


def test_large_pictures_are_decoded_in_tiles(saved: Saved) -> None:
    tiled = Bench(tiny_preset("sdxl", saved("sdxl")), tile_px=64)
    passes: list[Any] = []
    tiled.loaded.drawing.vae.decoder.register_forward_hook(lambda _module, _args, output: passes.append(output.shape))
    tiled.run(ask("a cat", 1, width=128, height=64))
    assert len(passes) > 1
    assert all(max(shape[-2:]) <= 64 for shape in passes)


def test_a_drawing_is_charged_its_share_of_the_device(bench: Bench) -> None:
    alone = bench.run(ask("a cat", 1))[0].device_ms
    together = [drawn.device_ms for drawn in bench.run(ask("a cat", 1), ask("a dog", 2))]
    assert together[0] == together[1]
    assert 0 < together[0] < alone


@pytest.mark.parametrize("steps", [1, 2, 4, 6, 7])
def test_it_can_be_given_up_at_any_step_and_gives_its_memory_back(bench: Bench, steps: int) -> None:
    before = bench.run(ask("a cat", 1))[0].pictures
    kept: list[weakref.ref[Any]] = []
    bench.loaded.drawing.unet.register_forward_pre_hook(lambda _module, args: kept.append(weakref.ref(args[0])))
    ticket = bench.submit(ask("a cat", 1, steps=5))
    for _ in range(steps):
        bench.batch.step()
    bench.batch.cancel(ticket)
    heard = len(bench.heard[ticket])
    assert not bench.batch.is_busy
    assert not bench.batch.step()
    assert [reference for reference in kept if reference() is not None] == []
    assert len(bench.heard[ticket]) == heard
    assert bench.run(ask("a cat", 1))[0].pictures == before


def test_who_is_drawn_together_with_one_who_gives_up_goes_on(bench: Bench) -> None:
    alone = bench.run(ask("a dog", 2))[0].pictures
    given_up, patient = bench.submit(ask("a cat", 1)), bench.submit(ask("a dog", 2))
    for _ in range(5):
        bench.batch.step()
    bench.batch.cancel(given_up)
    bench.finish()
    assert not isinstance(bench.heard[given_up][-1], Drawn)
    assert alike(bench.end(patient).pictures, alone)


def test_one_who_waits_can_give_up(bench: Bench) -> None:
    first, waiting = bench.submit(ask("a cat", 1)), bench.submit(ask("a dog", 2, steps=2))
    bench.batch.step()
    assert (bench.batch.running, bench.batch.waiting) == (1, 1)
    bench.batch.cancel(waiting)
    bench.finish()
    assert bench.heard[waiting] == []
    assert bench.end(first)


def test_all_are_answered_when_everything_fails(bench: Bench) -> None:
    tickets = [bench.submit(ask("a cat", n)) for n in range(4)]
    for _ in range(4):
        bench.batch.step()
    bench.batch.fail_all(EngineClosed("closed"))
    assert all(isinstance(bench.heard[ticket][-1], EngineClosed) for ticket in tickets)
    assert not bench.batch.is_busy


def test_a_step_is_measured_before_the_first_request_and_after(bench: Bench) -> None:
    first = bench.batch.step_ms
    assert first > 0
    bench.clock.tick_s = 10.0
    bench.run(ask("a cat", 1))
    assert bench.batch.step_ms > first
