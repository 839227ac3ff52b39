"""How near texts are in meaning: the numbers of a small encoder that a package carries, on the CPU."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from models.embedded.words import encode, encoder_folder
from models.errors import ModelFault

Vectors = npt.NDArray[np.float32]

WIDTH = 384
BATCH = 32
MAX_TOKENS = 256


class Meaning(Protocol):
    """Anything that can place texts so that those alike in meaning are near."""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 a text [N, W]; the product of two rows says how alike they are (1 is the same)."""
        ...


class MiniLm:
    """all-MiniLM-L6-v2, loaded when it is first asked; of a text it reads the first 256 tokens.

    It has a thread of its own that works with one thread of the CPU, so that it takes little from the device's work.
    Raises `ModelUnavailable` at once where the package is not installed whole.
    """

    def __init__(self) -> None:
        self._folder = encoder_folder()
        self._worker = ThreadPoolExecutor(1, "meaning", initializer=_use_one_thread)

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Place texts beside the event loop, a batch after the other; who asks later waits."""
        loop, rows = asyncio.get_running_loop(), [np.empty((0, WIDTH), np.float32)]
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            rows.append(await loop.run_in_executor(self._worker, self._embed, batch))
        return np.concatenate(rows)

    def _embed(self, texts: list[str]) -> Vectors:
        import torch

        try:
            with torch.inference_mode():
                mean = encode(texts, *self._encoder, tokens=MAX_TOKENS, padding="longest").mean
                unit: Vectors = torch.nn.functional.normalize(mean, dim=-1).numpy()
        except Exception as error:
            raise ModelFault(f"the encoder of meanings failed ({type(error).__name__})") from error
        return unit

    @cached_property
    def _encoder(self) -> tuple[Any, Any]:
        from transformers import AutoModel, AutoTokenizer

        return AutoTokenizer.from_pretrained(self._folder), AutoModel.from_pretrained(self._folder).eval()


def _use_one_thread() -> None:
    """Bind this thread's work to one core; of the others only those that begin to use torch later take it over."""
    import torch

    torch.set_num_threads(1)
