"""Draw one token for every row of a batch at once; a row's draw depends on nothing but its own logits and seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from models.requests import Sampling
from models.text.dry import Floats, Ints
from models.text.grammar import Bits

if TYPE_CHECKING:
    from torch import Tensor, device

CANDIDATES = (64, 1024)


@dataclass(frozen=True, slots=True)
class Draw:
    """What one row needs for its next token: its settings, a number in [0, 1), and what to take from some scores.

    `allowed` has a bit for each token, the lowest first, where a grammar says what may come next. `excludes` says
    whether XTC takes part in this draw.
    """

    sampling: Sampling
    uniform: float
    penalties: tuple[Ints, Floats] | None = None
    allowed: Bits | None = None
    excludes: bool = False


def uniform(seed: int, position: int, purpose: str = "") -> float:
    """Return the random number of a seed's `position`-th token: the same on every machine and in every batch.

    Each `purpose` has numbers of its own.
    """
    digest = blake2b(f"{seed}:{position}{purpose}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def sample(
    logits: Tensor, draws: Sequence[Draw], protected: frozenset[int] = frozenset()
) -> tuple[list[int], list[bool]]:
    """Draw a token a row from logits [rows, vocabulary]; also say which rows had sound numbers.

    Order: DRY, grammar, temperature, top-p, min-p, XTC; so what a grammar rules out comes back in no later step, and
    takes no share of the nucleus. A temperature of 0 takes the likeliest token. `protected` are the tokens that XTC
    never leaves out.
    """
    import torch

    scores = _bound(_penalised(logits.float(), draws), draws)
    if all(draw.sampling.temperature == 0 for draw in draws):
        best, tokens = scores.max(dim=-1)
        return tokens.tolist(), torch.isfinite(best).tolist()
    column = _columns(draws, scores.device)
    values, tokens, keep = _nucleus(torch.softmax(scores / column["temperature"], dim=-1), column)
    if any(draw.excludes for draw in draws):
        keep = keep & ~_top_choices(values, tokens, keep, column, protected)
    mass = (values * keep).cumsum(dim=-1)
    picked = (mass > column["uniform"] * mass[:, -1:]).int().argmax(dim=-1, keepdim=True)
    chosen = tokens.gather(1, torch.where(column["greedy"], 0, picked))
    return chosen[:, 0].tolist(), torch.isfinite(values[:, 0]).tolist()


def _penalised(scores: Tensor, draws: Sequence[Draw]) -> Tensor:
    """Take each row's DRY penalties from its scores, all rows in one operation."""
    import numpy as np
    import torch

    given = [(row, draw.penalties) for row, draw in enumerate(draws) if draw.penalties is not None]
    rows = np.concatenate([np.full(len(p[0]), row) for row, p in given]) if given else np.empty(0)
    if not len(rows):
        return scores
    tokens = torch.from_numpy(np.concatenate([p[0] for _, p in given])).to(scores.device)
    weights = torch.from_numpy(np.concatenate([p[1] for _, p in given])).to(scores.device)
    # Each pair of row and token occurs once, so a plain read and write is enough.
    at = (torch.from_numpy(rows).to(scores.device), tokens)
    scores[at] = scores[at] - weights
    return scores


def _bound(scores: Tensor, draws: Sequence[Draw]) -> Tensor:
    """Take everything from the scores of tokens that a row's grammar rules out, all rows in one operation."""
    import numpy as np
    import torch

    given = [draw.allowed for draw in draws if draw.allowed is not None]
    if not given:
        return scores
    free = np.full_like(given[0], 0xFF)
    bits = np.stack([free if draw.allowed is None else draw.allowed for draw in draws])
    # A bit a token goes to the device; there each byte looks up its eight weights.
    codes = torch.from_numpy(bits).to(scores.device).int()
    scores += torch.nn.functional.embedding(codes, _weights(scores.device)).flatten(1)[:, : scores.shape[-1]]
    return scores


@lru_cache
def _weights(on: device) -> Tensor:
    """Return the weights [256, 8] that each byte of bits stands for: 0 for a bit that is set, else minus infinity."""
    import torch

    bits = torch.arange(256)[:, None] >> torch.arange(8) & 1
    return torch.where(bits == 1, 0.0, float("-inf")).to(on)


def _columns(draws: Sequence[Draw], on: device) -> dict[str, Tensor]:
    """Lay out the rows' settings as one column [rows, 1] each."""
    import torch

    table = torch.tensor(
        [
            (
                d.sampling.temperature or 1.0,
                d.sampling.top_p,
                d.sampling.min_p,
                d.uniform,
                d.sampling.xtc_threshold if d.excludes else math.inf,
            )
            for d in draws
        ],
        device=on,
    )
    names = ("temperature", "top_p", "min_p", "uniform", "threshold")
    greedy = torch.tensor([[d.sampling.temperature == 0] for d in draws], device=on)
    return dict(zip(names, table[:, :, None].unbind(dim=1), strict=True)) | {"greedy": greedy}


def _nucleus(probabilities: Tensor, column: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the likeliest tokens in order (values, tokens) and which of them top-p and min-p keep.

    A few candidates are enough as soon as the last of them is dropped in every row: what comes after it has
    more mass before it and less probability, so it would be dropped as well. This saves sorting the vocabulary.
    """
    vocabulary = probabilities.shape[-1]
    for count in (*CANDIDATES, vocabulary):
        values, tokens = probabilities.topk(min(count, vocabulary), dim=-1)
        before = values.cumsum(dim=-1) - values
        keep = (before < column["top_p"]) & (values >= column["min_p"] * values[:, :1])
        if count >= vocabulary or not bool(keep[:, -1].any()):
            break
    return values, tokens, keep


def _top_choices(
    values: Tensor, tokens: Tensor, keep: Tensor, column: dict[str, Tensor], protected: frozenset[int]
) -> Tensor:
    """Return which of the candidates XTC leaves out: all that reach the threshold, but the least likely of them.

    A choice is measured as the model itself rates it among those kept, at a temperature of 1: so the threshold means
    the same in a lively style as in a calm one. Where a protected token would go (a line's end, the end of the text),
    all stay, or paragraphs and endings would be put off for ever.
    """
    import torch

    rated = (values * keep) ** column["temperature"]
    reach = keep & (rated > 0) & (rated >= column["threshold"] * rated.sum(dim=-1, keepdim=True))
    # The candidates are in order, so whoever has one after it that reaches the threshold is not the least likely.
    out = reach & torch.nn.functional.pad(reach[:, 1:], (0, 1))
    safe = torch.isin(tokens, torch.tensor(sorted(protected), dtype=tokens.dtype, device=tokens.device))
    return out & ~(out & safe).any(dim=-1, keepdim=True)
