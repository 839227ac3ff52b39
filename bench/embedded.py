"""The small picture model alone: whether it draws what it is asked for, and how long a picture takes.

- `asked_noun_in_nearest_5`: of 100 common nouns in each trained style, the share of drawings among whose five nearest
  training pictures, by the distance of `models/embedded/likeness.py`, is one of the asked noun. A round is a seed.
- `seconds_a_picture`: one prompt at a time, 16 steps with guidance, from the call to the finished picture.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bench.report import Figure, Report
from models.embedded import STYLES
from models.embedded.judging import common_nouns, draw_nouns, share_recognised
from models.embedded.likeness import Neighbours

ROUNDS = 1
TIMED = 20


async def measure(rounds: int = ROUNDS) -> Report:
    """Draw every noun in every style once a round, then some pictures alone."""
    return await asyncio.to_thread(_measure, rounds)


def _measure(rounds: int) -> Report:
    from models.embedded.pictures import FOLDER, open_embedded

    pipeline = open_embedded()
    known = Neighbours.read(FOLDER / "neighbours.npz")
    drawn = [draw_nouns(pipeline, common_nouns(), seed) for seed in range(rounds)]
    rows = [("style", "asked noun in nearest 5"), *((style, _percent(_of(drawn, style), known)) for style in STYLES)]
    shares = [share_recognised(one, known) for one in drawn]
    return Report(
        title="The small picture model",
        figures=(
            Figure.of("asked_noun_in_nearest_5", shares, "at least 0.7"),
            Figure.of("seconds_a_picture", _times(pipeline), "below 2"),
        ),
        rows=tuple(rows),
        notes=(f"{len(common_nouns())} nouns in {len(STYLES)} styles, {rounds} seed(s).",),
    )


def _of(drawn: list[dict[tuple[str, str], Any]], style: str) -> dict[tuple[str, str], Any]:
    """Return the first round's drawings in a style."""
    return {asked: picture for asked, picture in drawn[0].items() if asked[1] == style}


def _percent(drawn: dict[tuple[str, str], Any], known: Neighbours) -> str:
    return f"{share_recognised(drawn, known):.0%}"


def _times(pipeline: Any) -> list[float]:
    """Return the seconds that single pictures took, after one that warms up."""
    times = []
    for noun in common_nouns()[: TIMED + 1]:
        started = time.perf_counter()
        pipeline(f"{noun}, 3d style")
        times.append(time.perf_counter() - started)
    return times[1:]
