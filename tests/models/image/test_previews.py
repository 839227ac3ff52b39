"""Previews: at most every 1.5 s, small, and of what the picture is going to be."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from models.image.colours import Colours
from models.image.expected import Look
from models.image.previews import preview, sketcher
from tests.models.image.conftest import Benches, Saved
from tests.models.image.tiny import FAMILIES, Bench, ask, diffusers_, tiny_preset


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg))


def colour(shade: str) -> Image.Image:
    return Image.new("RGB", (256, 256), shade)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_is_previewed(name: str, benches: Benches) -> None:
    bench = benches(name)
    ticket = bench.submit(ask("a cat", 1, width=96, height=64))
    bench.finish()
    assert [(opened(one).format, opened(one).size) for one in bench.previews(ticket)] == [("JPEG", (96, 64))]


def test_previews_come_at_most_every_second_and_a_half(bench: Bench) -> None:
    bench.clock.tick_s = 0.05
    ticket = bench.submit(ask("a cat", 1, steps=40))
    at: list[float] = []
    while bench.batch.step():
        if len(bench.previews(ticket)) > len(at):
            at.append(bench.clock.now)
    assert len(at) > 2
    assert all(later - earlier >= 1.5 for earlier, later in pairwise(at))


def test_several_pictures_of_a_request_come_side_by_side_and_those_of_others_apart(bench: Bench) -> None:
    own, other = bench.submit(ask("a cat", 1)), bench.submit(ask("a dog", 2))
    bench.finish()
    assert opened(bench.previews(own)[0]).size == (64, 64)
    assert bench.previews(own)[0] != bench.previews(other)[0]
    both = bench.submit(ask("a cat", 1, 2))
    bench.finish()
    assert opened(bench.previews(both)[0]).size == (128, 64)


def test_what_is_finished_stays_in_the_preview_and_what_is_not_begun_has_its_empty_place(bench: Bench) -> None:
    bench.clock.tick_s = 1.0
    ticket = bench.submit(ask("a cat", 1, 2, 3))
    bench.finish()
    previews = [opened(one) for one in bench.previews(ticket)]
    assert {one.size for one in previews} == {(128, 128)}
    third = (8, 72, 56, 120)
    is_empty = [np.ptp(np.asarray(one.crop(third))) < 30 for one in previews]
    assert is_empty[0]
    assert not is_empty[-1]


@pytest.mark.parametrize(
    ("count", "size", "parts"),
    [(1, (256, 256), (1, 1)), (2, (512, 256), (2, 1)), (3, (512, 512), (2, 2)), (4, (512, 512), (2, 2))],
)
def test_a_preview_is_at_most_512_px_and_no_larger_than_its_pictures_and_says_how_it_is_laid_out(
    count: int, size: tuple[int, int], parts: tuple[int, int]
) -> None:
    made = preview([colour("red")] * count)
    assert (opened(made.jpeg).size, (made.columns, made.rows)) == (size, parts)


def test_pictures_lie_in_their_order() -> None:
    sheet = opened(preview([colour("red"), colour("lime"), colour("blue")]).jpeg).convert("RGB")
    found = [sheet.getpixel(place) for place in ((128, 128), (384, 128), (128, 384))]
    strongest = []
    for pixel in found:
        assert isinstance(pixel, tuple)
        strongest.append(pixel.index(max(pixel)))
    assert strongest == [0, 1, 2]


class LinearVae(torch.nn.Module):
    """A vae whose latents are a known mixture of colours: eight times smaller, one of them empty of colour."""

    mixture = torch.tensor([[0.5, 0.1, 0.0], [0.0, -0.4, 0.2], [0.3, 0.0, 0.6], [0.0, 0.0, 0.0]])

    def __init__(self) -> None:
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(1))
        self.config = SimpleNamespace(scaling_factor=2.0, get=lambda _name: 0.25)

    @property
    def dtype(self) -> Any:
        return self.scale.dtype

    @property
    def device(self) -> Any:
        return self.scale.device

    def encode(self, pixels: Any) -> Any:
        small = torch.nn.functional.avg_pool2d(pixels, 8)
        latents = torch.einsum("nchw,dc->ndhw", small, self.mixture) + 0.25
        return SimpleNamespace(latent_dist=SimpleNamespace(mode=lambda: latents))


def test_colours_are_found_in_the_latents_of_any_vae() -> None:
    vae = LinearVae().to(torch.bfloat16)
    pixels = torch.rand(2, 3, 16, 16).repeat_interleave(8, 2).repeat_interleave(8, 3)
    latents = (vae.encode(pixels * 2 - 1).latent_dist.mode() - 0.25) * 2.0
    latents[:, 3] = torch.randn(2, 16, 16)  # what carries no colour is not taken for one
    found = Colours(SimpleNamespace(vae=vae)).of(latents)
    torch.testing.assert_close(found, pixels[:, :, ::8, ::8], atol=1e-3, rtol=0)
    assert vae.dtype == torch.bfloat16


def test_latents_of_another_kind_are_shown_in_grey() -> None:
    found = Colours(SimpleNamespace(vae=LinearVae())).of(torch.randn(1, 7, 4, 4))
    assert torch.equal(found[:, 0], found[:, 1])
    assert found.std() > 0


@pytest.mark.parametrize("name", ["FlowMatchEulerDiscreteScheduler", "EulerDiscreteScheduler"])
def test_the_expected_picture_is_where_the_straight_line_arrives(name: str) -> None:
    scheduler = getattr(diffusers_(), name)()
    scheduler.set_timesteps(5)
    clean, noise = torch.rand(1, 4, 8, 8), torch.randn(1, 4, 8, 8)
    is_flow = name.startswith("Flow")
    noisy = [
        (1 - sigma) * clean + sigma * noise if is_flow else clean + sigma * noise for sigma in scheduler.sigmas[1:3]
    ]
    scheduler._step_index = 2
    look = Look(SimpleNamespace(scheduler=scheduler), noisy[1], noisy[0], None, (64, 64))
    torch.testing.assert_close(look.expected(), clean, atol=1e-4, rtol=0)


def test_other_schedulers_show_the_latents_as_they_are() -> None:
    scheduler = diffusers_().DDIMScheduler()
    latents = torch.rand(1, 4, 8, 8)
    look = Look(SimpleNamespace(scheduler=scheduler), latents, torch.rand(1, 4, 8, 8), None, (64, 64))
    assert look.expected() is latents


def test_a_small_decoder_makes_previews_where_one_is_configured(saved: Saved, tmp_path: Path) -> None:
    diffusers_().AutoencoderTiny(
        encoder_block_out_channels=(8, 8), decoder_block_out_channels=(8, 8), num_encoder_blocks=(1, 1),
        num_decoder_blocks=(1, 1), latent_channels=4,
    ).save_pretrained(tmp_path)  # fmt: skip
    bench = Bench(tiny_preset("sdxl", saved("sdxl")), preview_model=str(tmp_path))
    passes: list[int] = []
    assert bench.loaded.preview_decoder is not None
    bench.loaded.preview_decoder.decoder.register_forward_hook(lambda *_: passes.append(1))
    ticket = bench.submit(ask("a cat", 1, 2))
    bench.finish()
    assert opened(bench.previews(ticket)[0]).size == (128, 64)
    assert len(passes) == 2


def test_a_small_decoder_is_given_unpacked_latents() -> None:
    seen: list[Any] = []

    def decode(latents: Any, return_dict: bool) -> Any:
        assert not return_dict
        seen.append(latents.shape)
        return (torch.zeros(1, 3, 32, 48),)

    decoder = SimpleNamespace(config=SimpleNamespace(latent_channels=16), dtype=torch.float32, decode=decode)
    pipeline = SimpleNamespace(scheduler=diffusers_().DDIMScheduler())
    sketch = sketcher(SimpleNamespace(drawing=pipeline, preview_decoder=decoder))  # type: ignore[arg-type]
    sketches = sketch(Look(pipeline, torch.rand(1, 6 * 4, 64), None, None, (96, 64)))
    assert seen == [(1, 16, 8, 12)]
    assert [one.size for one in sketches] == [(96, 64)]
