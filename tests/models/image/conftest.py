"""The tiny pipelines that the tests draw with, each saved once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.models.image.tiny import Bench, save, tiny_preset

Saved = Callable[[str], Path]
Benches = Callable[[str], Bench]


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    """Draw with one thread: tests run beside each other, and threads that wait for a busy core are slower than none."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """Say in which folder the tiny pipeline of a preset's family lies."""
    return cache(lambda name: save(tmp_path_factory.mktemp(name), name))


@pytest.fixture(scope="session")
def benches(saved: Saved) -> Benches:
    """Give an engine with the tiny pipeline of a preset's family, for tests that leave it as they found it."""
    return cache(lambda name: Bench(tiny_preset(name, saved(name))))


@pytest.fixture
def bench(saved: Saved) -> Bench:
    """A tiny SDXL that draws two pictures together."""
    return Bench(tiny_preset("sdxl", saved("sdxl")))


@pytest.fixture(scope="session")
def picture() -> bytes:
    """A picture to begin from, as a member would bring it."""
    buffer = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((90, 70)).save(buffer, "PNG")
    return buffer.getvalue()
