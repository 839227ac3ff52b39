"""Train the enlarger: a stock AutoencoderTiny whose latents are the 64 px picture itself."""

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from diffusers import AutoencoderTiny
from torch.nn.functional import avg_pool2d, interpolate, l1_loss

from training.pictures.data import CACHE

Pixels = npt.NDArray[np.uint8]
WIDTH = 32
BATCH = 8
RATE = 2e-3
# The decoder learns on cut-outs: 32 px become 128 px.
CUT = 32
TIMES = 4


def new_enlarger() -> Any:
    """Build an encoder that averages areas, exactly and for good, and an untrained decoder that enlarges four times."""
    kind: Any = AutoencoderTiny
    vae = kind(
        latent_channels=3,
        encoder_block_out_channels=(3, 3, 3),
        num_encoder_blocks=(0, 0, 0),
        decoder_block_out_channels=(WIDTH, WIDTH, WIDTH),
        num_decoder_blocks=(3, 2, 1),
    )
    _average_areas(vae.encoder.layers)
    vae.encoder.requires_grad_(False)
    return vae


@torch.no_grad()
def _average_areas(layers: Any) -> None:
    """Write the weights: keep, halve, halve, and go from the encoder's 0 to 1 back to -1 to 1."""
    keep, half, quarter, back = layers
    colours = range(3)
    for layer in layers:
        layer.weight.zero_()
    keep.bias.zero_()
    back.bias.fill_(-1.0)
    for colour in colours:
        keep.weight[colour, colour, 1, 1] = 1.0
        half.weight[colour, colour, 1:, 1:] = 0.25
        quarter.weight[colour, colour, 1:, 1:] = 0.25
        back.weight[colour, colour, 1, 1] = 2.0


def begun(folder: Path) -> Any:
    """Return the enlarger that a folder holds, to go on with, or else a new one."""
    if not folder.is_dir():
        return new_enlarger()
    kind: Any = AutoencoderTiny
    vae = kind.from_pretrained(folder, dtype=torch.float32)
    vae.encoder.requires_grad_(False)
    return vae


def cut_outs(pictures: Pixels, chance: np.random.Generator) -> torch.Tensor:
    """Return random cut-outs [B, 3, 128, 128] in -1 to 1, some mirrored."""
    side, room = CUT * TIMES, pictures.shape[1] // TIMES - CUT + 1
    found = []
    for place in chance.integers(len(pictures), size=BATCH):
        top, left = TIMES * chance.integers(room, size=2)
        cut = pictures[place, top : top + side, left : left + side]
        found.append(cut[:, ::-1] if chance.random() < 0.5 else cut)
    return torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2).float() / 127.5 - 1


def worn(small: torch.Tensor, chance: np.random.Generator) -> torch.Tensor:
    """Give small pictures the faults that drawn ones have: a little noise and a little blur, in differing strength."""
    shape = (len(small), 1, 1, 1)
    blurred = interpolate(avg_pool2d(small, 2), scale_factor=2, mode="bilinear")
    blur = torch.from_numpy(chance.uniform(0, 0.6, shape) * (chance.random(shape) < 0.5)).float()
    noise = torch.from_numpy(chance.uniform(0, 0.08, shape)).float()
    return (1 - blur) * small + blur * blurred + noise * torch.randn_like(small)


def edges(pictures: torch.Tensor) -> torch.Tensor:
    """Return differences between neighbours, downwards and to the right."""
    down, right = pictures.diff(dim=-2), pictures.diff(dim=-1)
    return torch.cat([down[..., :-1].flatten(1), right[..., :-1, :].flatten(1)], dim=1)


def train(vae: Any, pictures: Pixels, minutes: float) -> None:
    """Teach the decoder for so many minutes, the rate falling to nothing."""
    chance = np.random.default_rng(0)
    torch.manual_seed(0)
    optimizer = torch.optim.AdamW(vae.decoder.parameters(), lr=RATE, betas=(0.9, 0.99), fused=True)
    began, step = time.monotonic(), 0
    while (progress := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 100) * (1 - progress)
        large = cut_outs(pictures, chance)
        small = vae.encode(large).latents
        with torch.autocast("cpu", torch.bfloat16):
            drawn = vae.decode(worn(small, chance)).sample
        loss: Any = l1_loss(drawn.float(), large) + l1_loss(edges(drawn.float()), edges(large))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        if step % 100 == 0:
            print(f"{step} loss {float(loss.detach()):.4f}", flush=True)


def main() -> None:
    """Read the command line, train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=CACHE / "run" / "vae")
    wanted = parser.parse_args()
    torch.set_num_threads(wanted.threads)
    vae = begun(wanted.folder)
    train(vae, np.load(CACHE / "pictures.npy", mmap_mode="r"), wanted.minutes)
    vae.half().save_pretrained(wanted.folder)


if __name__ == "__main__":
    main()
