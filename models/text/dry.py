"""DRY: make each token that would prolong a repetition less likely, the more so the longer the repetition.

After the description of the sampler by its author, p-e-w; one vector operation a token keeps the matches up to date.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.requests import Sampling

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BREAKERS = ("\n", ":", '"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "*")
MAX_EXPONENT = 50


class Dry:
    """Follow one sequence and tell which next tokens would repeat it.

    `breakers` are tokens that no repetition crosses (line ends, quotes, control tokens); they are never penalised
    themselves. `capacity` is the most tokens the sequence can reach.
    """

    def __init__(self, sampling: Sampling, breakers: frozenset[int], prompt: Sequence[int], capacity: int) -> None:
        self._sampling = sampling
        self._breakers = breakers
        self._tokens: Ints = np.zeros(capacity, dtype=np.int64)
        # matches[i + 1]: how many tokens up to and with token i equal the end of the sequence.
        self._matches: Ints = np.zeros(capacity + 1, dtype=np.int64)
        # Nothing matches across a breaker, so all up to the last one can be taken in at once.
        self._length = next((n for n in range(len(prompt), 0, -1) if prompt[n - 1] in breakers), 0)
        self._tokens[: self._length] = prompt[: self._length]
        for token in prompt[self._length :]:
            self.append(token)

    def append(self, token: int) -> None:
        """Take in the next token."""
        n = self._length
        same = (self._tokens[:n] == token) & (token not in self._breakers)
        self._matches[1 : n + 1] = np.where(same, self._matches[:n] + 1, 0)
        self._tokens[n] = token
        self._length = n + 1

    def penalties(self) -> tuple[Ints, Floats]:
        """Return the tokens to penalise and what to take from each one's logit."""
        allowed = self._sampling.dry_allowed_length
        ends = np.flatnonzero(self._matches[1 : self._length] >= allowed)
        longest: dict[int, int] = {}
        for token, match in zip(self._tokens[ends + 1].tolist(), self._matches[ends + 1].tolist(), strict=True):
            if token not in self._breakers:
                longest[token] = max(longest.get(token, 0), match)
        over = np.minimum(np.array(list(longest.values()), dtype=np.int64) - allowed, MAX_EXPONENT)
        weights = self._sampling.dry_multiplier * self._sampling.dry_base**over
        return np.array(list(longest), dtype=np.int64), weights.astype(np.float32)
