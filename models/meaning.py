"""How near texts are in meaning: the numbers of a small encoder that a package carries, on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Meaning(Protocol):
    """Anything that can place texts so that those alike in meaning are near."""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 a text [N, W]; the product of two rows says how alike they are (1 is the same)."""
        ...
