"""Train the small picture model: rectified flow that predicts the picture, on two cores in an hour or two."""

import argparse
import copy
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import UNet2DConditionModel
from transformers import AutoModel, AutoTokenizer

from models.embedded.paper import PATCH, patches
from models.embedded.words import Words, encoder_folder
from training.pictures.data import CACHE
from training.pictures.lessons import School

BATCH = 16
RATE = 8e-4
WARM_UP = 300
FALL_FROM = 0.6
AVERAGING = 0.999
SAVE_EVERY = 240.0
# Near the picture the weight 1 / sigma² would grow without end.
LEAST_SIGMA = 0.05
# Neighbours are alike: through noise of 0.9 large shapes still show, so that is where they have to be learnt.
MOSTLY = 1.1
ANYWHERE = 0.2


def new_unet() -> Any:
    """Build the untrained network: 16.8M parameters over 16 × 16 patches of 4 × 4 pixels."""
    kind: Any = UNet2DConditionModel
    return kind(
        sample_size=16,
        in_channels=3 * PATCH**2,
        out_channels=3 * PATCH**2,
        block_out_channels=(96, 160, 224),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=384,
        attention_head_dim=(3, 5, 7),
        class_embed_type="projection",
        projection_class_embeddings_input_dim=384,
    )


def noise_levels(count: int) -> torch.Tensor:
    """Draw noise levels from 0 to 1: most of them high, where outlines are decided, some anywhere."""
    high = torch.sigmoid(torch.randn(count) + MOSTLY)
    return torch.where(torch.rand(count) < ANYWHERE, torch.rand(count), high)


def loss_of(unet: Any, batch: tuple[torch.Tensor, Words]) -> torch.Tensor:
    """Return the squared error of the predicted picture, weighted as the velocity's would be."""
    pixels, words = batch
    clean = patches(pixels)
    sigma = noise_levels(len(clean))
    level = sigma.view(-1, 1, 1, 1)
    noisy = (1 - level) * clean + level * torch.randn_like(clean)
    with torch.autocast("cpu", torch.bfloat16):
        guess = unet(
            noisy, sigma * 1000, words.states, class_labels=words.mean, encoder_attention_mask=words.mask
        ).sample
    error: torch.Tensor = (guess.float() - clean) / level.clamp_min(LEAST_SIGMA)
    return error.square().mean()


class Training:
    """A run that can be broken off and taken up again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unet = new_unet()
        self.average = copy.deepcopy(self.unet).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(self.unet.parameters(), betas=(0.9, 0.99), weight_decay=0.01, fused=True)
        self.step, self.elapsed = 0, 0.0

    def learn(self, batch: tuple[torch.Tensor, Words], progress: float) -> float:
        """Take one step and return its loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (self.step + 1) / WARM_UP, (1 - progress) / (1 - FALL_FROM))
        loss: Any = loss_of(self.unet, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.unet.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        self._follow()
        return float(loss.detach())

    def _follow(self) -> None:
        share = 1 - min(AVERAGING, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.unet.parameters()), share)

    def _parts(self) -> dict[str, Any]:
        return {"unet": self.unet, "average": self.average, "optimizer": self.optimizer}

    def save(self) -> None:
        """Write what the run needs to go on, and the averaged network in half precision."""
        state = {name: part.state_dict() for name, part in self._parts().items()}
        fresh = self.folder / "state.new"
        torch.save({**state, "step": self.step, "elapsed": self.elapsed}, fresh)
        fresh.rename(self.folder / "state.pt")
        copy.deepcopy(self.average).half().save_pretrained(self.folder / "unet")

    def take_up(self) -> None:
        """Go on where the last run in the folder was saved, if there was one."""
        path = self.folder / "state.pt"
        if not path.exists():
            return
        state = torch.load(path)
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self.step, self.elapsed = state["step"], state["elapsed"]


def run(training: Training, school: School, steps: int, minutes: float) -> None:
    """Train until the steps or the minutes are used up, whichever comes first."""
    chance = np.random.default_rng(training.step)
    torch.manual_seed(training.step)
    began, saved = time.monotonic() - training.elapsed, time.monotonic()
    losses: list[float] = []
    order: list[int] = []
    while (progress := max(training.step / steps, training.elapsed / (60 * minutes))) < 1:
        if len(order) < BATCH:
            order = [int(place) for place in chance.permutation(len(school.lessons))]
        places, order = order[:BATCH], order[BATCH:]
        losses.append(training.learn(school.batch(places, chance), progress))
        training.elapsed = time.monotonic() - began
        if training.step % 100 == 0:
            print(f"{training.step} {training.elapsed:.0f}s loss {np.mean(losses):.4f}", flush=True)
            losses = []
        if time.monotonic() - saved > SAVE_EVERY:
            training.save()
            saved = time.monotonic()
    training.save()


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--steps", type=int, default=25_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=CACHE / "run")
    wanted = parser.parse_args()
    torch.set_num_threads(wanted.threads)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    encoder = encoder_folder()
    school = School(AutoTokenizer.from_pretrained(encoder), AutoModel.from_pretrained(encoder).eval())
    training = Training(wanted.folder)
    training.take_up()
    print(len(school.lessons), "pictures", sum(p.numel() for p in training.unet.parameters()), "parameters", flush=True)
    run(training, school, wanted.steps, wanted.minutes)


if __name__ == "__main__":
    main()
