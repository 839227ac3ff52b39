"""The enlarger before it has learnt anything."""

from __future__ import annotations

import torch
from torch.nn.functional import avg_pool2d

from training.pictures.enlarge import edges, new_enlarger


def test_its_encoder_averages_areas_exactly() -> None:
    pictures = torch.rand(2, 3, 32, 48) * 2 - 1
    with torch.no_grad():
        seen = new_enlarger().encode(pictures).latents
    assert torch.allclose(seen, avg_pool2d(pictures, 4), atol=1e-5)


def test_its_decoder_makes_four_pixels_of_one() -> None:
    with torch.no_grad():
        assert new_enlarger().decode(torch.zeros(1, 3, 16, 16)).sample.shape == (1, 3, 64, 64)


def test_a_plain_picture_has_no_edges() -> None:
    assert edges(torch.full((1, 3, 8, 8), 0.5)).abs().max() == 0
