"""The models that the tests run: tiny random ones, and the embedded real one, converted once for all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.text.config import TextModelConfig, default_cache_dir
from tests.models.tiny import save_tiny


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny random Llama."""
    return save_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def embedded() -> TextModelConfig:
    """The real small model; its cache is shared with `make play`, so it is converted once a machine.

    One thread: tests run beside each other, and threads that wait for a busy core are slower than none.
    """
    chosen = os.environ.get("SALON_MODEL_CACHE")
    return TextModelConfig(threads=1, cache_dir=Path(chosen) if chosen else default_cache_dir())
