"""Models of real size on a GPU: how fast they write and draw, what first words wait for, and what memory they take.

- `tokens_per_s_N`, `roofline_share_N`: N stories written together, and how much that is of what the card's memory
  allows, which has to move all weights once a step.
- `step_s`: one denoising step. `first_token_p95_idle_ms` and `_beside_ms`: alone, and while pictures are drawn.
- `peak_gib`: the most memory that the models held on the card.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.gpu.shapes import LanguageShape, PictureShape, save_language_model, save_pipeline
from bench.report import CannotMeasure, Figure, Report, chosen_cache_dir, number, p95
from bench.sharing.trials import Lengths, drawing, first_words_s, story
from bench.sharing.ways import OnText, Turns, stopwatch
from models.hardware import GIB, MIB, Device, give_back
from models.image.config import ImageModelConfig
from models.loading import silent
from models.local import LocalEngine
from models.text import embedded
from models.text.config import TextModelConfig
from models.text.outlook import outlook

ROWS = (1, 8, 32)
TOKENS = 128
LENGTHS = Lengths()
COPIED_BYTES = 256 * MIB


@dataclass(frozen=True, slots=True)
class Speeds:
    """One round: tokens a second by rows, first words in seconds, idle and beside pictures, and one step's seconds."""

    tokens_per_s: dict[int, float]
    idle_s: list[float]
    beside_s: list[float]
    step_s: float


async def measure_gpu(rounds: int) -> Report:
    """Measure an 8B-shaped language model in NF4 and an SDXL-shaped pipeline in bf16 on the card that is here."""
    import torch

    if not torch.cuda.is_available():
        raise CannotMeasure("the profile gpu needs a CUDA device, and none is here")
    report = await profile(rounds, LanguageShape(), PictureShape(), "cuda")
    report.made_on["card"] = torch.cuda.get_device_name()
    return report


async def profile(
    rounds: int,
    language: LanguageShape,
    pictures: PictureShape,
    device: Device,
    *,
    rows: Sequence[int] = ROWS,
    lengths: Lengths = LENGTHS,
    tokens: int = TOKENS,
) -> Report:
    """Save models of these shapes, load them as Salon would, and measure them on a device."""
    with TemporaryDirectory(prefix="salon-bench-") as folder:
        text_folder, image_folder = Path(folder) / "text", Path(folder) / "pictures"
        save_language_model(text_folder, language, _tokenizer(), device)
        save_pipeline(image_folder, pictures, device)
        _forget_building(device)
        text = TextModelConfig(str(text_folder), "nf4", device, slots=max(rows), warm_rows=0)
        image = ImageModelConfig(str(image_folder), "bf16", device, batch=1)
        weights = outlook(text).weight_bytes
        async with LocalEngine.open(text, image=image) as engine:
            speeds = [await _round(engine, random.Random(seed), rows, lengths, tokens) for seed in range(rounds + 1)][
                1:
            ]
            peak = engine.stats().peak_memory_bytes
    assert weights is not None
    return _report(speeds, bandwidth(device) / weights, peak)


def bandwidth(device: str) -> float:
    """Measure the bytes a second that the device's memory moves: a copy reads and writes."""
    import torch

    block = torch.zeros(COPIED_BYTES, dtype=torch.uint8, device=device)
    took = []
    for _ in range(5):
        clock = stopwatch()
        block.clone()
        if device == "cuda":
            torch.cuda.synchronize()
        took.append(clock())
    return 2 * COPIED_BYTES / min(took)


async def _round(
    engine: LocalEngine, chance: random.Random, rows: Sequence[int], lengths: Lengths, tokens: int
) -> Speeds:
    way = Turns(engine)
    tokens_per_s = {count: await _tokens_per_s(way, count, tokens, chance) for count in rows}
    idle = await first_words_s(way, lengths.asks, chance)
    async with drawing(way):
        beside = await first_words_s(way, lengths.asks, chance)
    return Speeds(tokens_per_s, idle, beside, engine.stats().image_step_ms / 1e3)


async def _tokens_per_s(way: Turns, rows: int, tokens: int, chance: random.Random) -> float:
    """Write stories together; count from when all have begun to when all have ended."""
    begun = [asyncio.Event() for _ in range(rows)]
    writing = [asyncio.create_task(way.write(story(chance, 100), tokens, _rings(event))) for event in begun]
    for event in begun:
        await event.wait()
    clock = stopwatch()
    await asyncio.gather(*writing)
    return rows * tokens / clock()


def _rings(event: asyncio.Event) -> OnText:
    return lambda _: event.set()


def _report(rounds: Sequence[Speeds], passes_per_s: float, peak_bytes: int) -> Report:
    counts = list(rounds[0].tokens_per_s)
    figures = [
        *(Figure.of(f"tokens_per_s_{n}", [one.tokens_per_s[n] for one in rounds]) for n in counts),
        *(
            Figure.of(f"roofline_share_{n}", [one.tokens_per_s[n] / (n * passes_per_s) for one in rounds])
            for n in counts
        ),
        Figure.of("step_s", [one.step_s for one in rounds]),
        Figure.of("first_token_p95_idle_ms", [p95(one.idle_s) * 1e3 for one in rounds]),
        Figure.of("first_token_p95_beside_ms", [p95(one.beside_s) * 1e3 for one in rounds]),
        Figure.of(
            "first_token_p95_added_steps",
            [(p95(one.beside_s) - p95(one.idle_s)) / one.step_s for one in rounds],
            "<= 1.5",
        ),
        Figure.of("peak_gib", [peak_bytes / GIB]),
    ]
    note = f"The roofline: {number(passes_per_s)} passes over all weights a second, by the memory's measured bandwidth."
    return Report("device: models of real size with random weights", tuple(figures), notes=(note,))


def _tokenizer() -> Any:
    """Take the embedded model's tokenizer."""
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer
    return tokenizer.from_pretrained(embedded.converted(chosen_cache_dir(), "nf4", silent))


def _forget_building(device: str) -> None:
    """Let the peak begin with what the engine itself takes."""
    give_back(device)
    if device == "cuda":
        import torch

        torch.cuda.reset_peak_memory_stats()
