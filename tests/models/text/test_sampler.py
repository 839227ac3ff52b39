"""The fast sampler keeps exactly what the plain definitions keep, and every row draws for itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from models.requests import Sampling
from models.text.sampler import Draw, sample, uniform

if TYPE_CHECKING:
    import torch

PLAIN = Sampling(temperature=1, top_p=1, min_p=0, dry_multiplier=0)
SETTINGS = [
    PLAIN,
    replace(PLAIN, temperature=0.7, top_p=0.9),
    replace(PLAIN, min_p=0.1),
    replace(PLAIN, temperature=1.3, top_p=0.5, min_p=0.02),
    replace(PLAIN, top_p=0),
    replace(PLAIN, temperature=0.01),
]


def logits(rows: int, vocabulary: int = 3000, spread: float = 3.0) -> torch.Tensor:
    import torch

    return torch.randn(rows, vocabulary, generator=torch.Generator().manual_seed(3)) * spread


def kept(scores: torch.Tensor, sampling: Sampling) -> dict[int, float]:
    """Filter one row with transformers' own processors and return the probabilities that are left."""
    import torch
    from transformers.generation import logits_process as plain

    row: Any = scores[None]
    ids: Any = torch.zeros(1, 1, dtype=torch.long)
    row = plain.TemperatureLogitsWarper(float(sampling.temperature))(ids, row)
    if 0 < sampling.top_p < 1:
        row = plain.TopPLogitsWarper(sampling.top_p)(ids, row)
    if sampling.min_p:
        row = plain.MinPLogitsWarper(sampling.min_p)(ids, row)
    probabilities = row.softmax(dim=-1)[0]
    if sampling.top_p == 0:
        return {int(probabilities.argmax()): 1.0}
    return {token: float(p) for token, p in enumerate(probabilities) if p > 0}


@pytest.mark.parametrize("sampling", SETTINGS)
@pytest.mark.parametrize("spread", [0.5, 3.0])
def test_it_draws_as_the_reference_does(sampling: Sampling, spread: float) -> None:
    scores = logits(1, spread=spread)[0]
    expected = kept(scores, sampling)
    count = 2000
    tokens, _ = sample(scores.expand(count, -1).clone(), [Draw(sampling, (n + 0.5) / count) for n in range(count)])
    drawn = Counter(tokens)
    # Evenly spread numbers meet a token of probability p between floor and ceiling of p times their count.
    assert all(abs(drawn[token] - expected.get(token, 0) * count) <= 1.5 for token in drawn | expected)


def test_a_row_draws_the_same_whoever_is_beside_it() -> None:
    scores = logits(len(SETTINGS))
    draws = [Draw(sampling, uniform(n, 5)) for n, sampling in enumerate(SETTINGS)]
    alone = [sample(scores[n : n + 1].clone(), [draw])[0][0] for n, draw in enumerate(draws)]
    assert sample(scores.clone(), draws)[0] == alone


def test_a_temperature_of_zero_takes_the_likeliest_even_beside_others() -> None:
    scores = logits(2)
    draws = [Draw(replace(PLAIN, temperature=0), 0.9), Draw(PLAIN, 0.9)]
    assert sample(scores.clone(), draws)[0][0] == int(scores[0].argmax())
    assert sample(scores[:1].clone(), draws[:1])[0][0] == int(scores[0].argmax())


def test_a_penalty_takes_a_token_out_of_the_lead() -> None:
    scores = logits(2)
    best = int(scores[0].argmax())
    heavy = (np.array([best]), np.array([1e9], dtype=np.float32))
    greedy = replace(PLAIN, temperature=0)
    assert sample(scores.clone(), [Draw(greedy, 0, heavy), Draw(greedy, 0)])[0] != [best, int(scores[1].argmax())]


@pytest.mark.parametrize("sampling", [*SETTINGS, replace(PLAIN, temperature=0)])
def test_a_grammar_leaves_nothing_but_what_it_allows(sampling: Sampling) -> None:
    scores = logits(2, vocabulary=3001)
    allowed = scores[0].argsort()[:5]  # the unlikeliest
    bits = np.zeros(3008, dtype=np.uint8)
    bits[allowed] = bits[3001:] = 1
    bound = np.packbits(bits, bitorder="little")
    for n in range(50):
        free, tied = Draw(sampling, (n + 0.5) / 50), Draw(sampling, (n + 0.5) / 50, allowed=bound)
        tokens, sound = sample(scores.clone(), [tied, free])
        assert tokens[0] in allowed
        assert (tokens[1], sound) == (sample(scores[1:].clone(), [free])[0][0], [True, True])


def test_what_a_grammar_rules_out_takes_no_share_of_the_nucleus() -> None:
    scores = logits(1)
    likeliest, *_, rare, rarer = scores[0].argsort(descending=True).tolist()
    bits = np.zeros(3000, dtype=np.uint8)
    bits[[rare, rarer]] = 1
    draw = Draw(replace(PLAIN, top_p=0.999), 0.999, allowed=np.packbits(bits, bitorder="little"))
    assert sample(scores.clone(), [draw])[0] == [rarer]
    assert sample(scores.clone(), [replace(draw, uniform=0)])[0] == [rare]
    assert likeliest not in (rare, rarer)


def test_a_row_that_a_grammar_leaves_nothing_is_told_apart() -> None:
    draws = [Draw(PLAIN, 0.5, allowed=np.zeros(375, dtype=np.uint8)), Draw(PLAIN, 0.5)]
    assert sample(logits(2), draws)[1] == [False, True]


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_a_row_without_sound_numbers_is_told_apart(temperature: float) -> None:
    scores = logits(3)
    scores[1] = float("nan")
    draw = Draw(replace(PLAIN, temperature=temperature), 0.5)
    assert sample(scores, [draw] * 3)[1] == [True, False, True]


def test_random_numbers_follow_from_seed_and_position_alone() -> None:
    numbers = [uniform(seed, position) for seed in range(40) for position in range(50)]
    assert numbers == [uniform(seed, position) for seed in range(40) for position in range(50)]
    assert len(set(numbers)) == len(numbers)
    assert 0 <= min(numbers) < 0.01 < 0.99 < max(numbers) < 1


def peaks(*probabilities: float) -> torch.Tensor:
    """Return the logits of a row whose first tokens have these probabilities, and whose others share the rest."""
    import torch

    rest = (1 - sum(probabilities)) / 100
    return torch.tensor([[*probabilities, *[rest] * 100]]).log()


def possible(scores: torch.Tensor, draw: Draw, protected: frozenset[int] = frozenset()) -> set[int]:
    """Collect what a row may draw."""
    draws = [replace(draw, uniform=(n + 0.5) / 400) for n in range(400)]
    return set(sample(scores.expand(400, -1).clone(), draws, protected)[0])


XTC = Draw(replace(PLAIN, min_p=0.05), 0, excludes=True)


def test_xtc_leaves_out_all_that_reach_the_threshold_but_the_least_likely() -> None:
    scores = peaks(0.4, 0.3, 0.15, 0.08, 0.05)
    assert possible(scores, replace(XTC, excludes=False)) == {0, 1, 2, 3, 4}
    assert possible(scores, XTC) == {2, 3, 4}
    assert possible(peaks(0.8, 0.07), XTC) == {0, 1}  # one choice alone is no choice


def test_xtc_measures_choices_without_temperature() -> None:
    scores = peaks(0.5, 0.3, 0.09, 0.08)
    for temperature in (0.5, 1.0, 2.0):
        assert possible(scores, replace(XTC, sampling=replace(PLAIN, temperature=temperature, min_p=0.1))) >= {1}
        assert 0 not in possible(scores, replace(XTC, sampling=replace(PLAIN, temperature=temperature, min_p=0.1)))
    hot = replace(XTC, sampling=replace(PLAIN, temperature=3.0, min_p=0.5))
    assert {2, 3} <= possible(scores, hot)
    assert 1 in possible(scores, hot)


def test_xtc_never_puts_off_a_protected_token() -> None:
    scores = peaks(0.4, 0.3, 0.2)
    sampling = replace(PLAIN, min_p=0.1)
    assert possible(scores, Draw(sampling, 0, excludes=True), frozenset({1})) == {0, 1, 2}
    assert possible(scores, Draw(sampling, 0, excludes=True), frozenset({2, 50})) == {2}


def test_xtc_in_one_row_changes_no_other_and_no_greedy_one() -> None:
    scores = logits(3)
    plain = [Draw(PLAIN, 0.3), Draw(PLAIN, 0.3), Draw(replace(PLAIN, temperature=0), 0.3)]
    excluding = [plain[0], replace(plain[1], excludes=True), replace(plain[2], excludes=True)]
    before, after = sample(scores.clone(), plain)[0], sample(scores.clone(), excluding)[0]
    assert (before[0], before[2]) == (after[0], after[2])


def test_a_threshold_of_zero_leaves_the_least_likely_of_those_that_are_kept() -> None:
    sampling = replace(PLAIN, top_p=0.8, xtc_threshold=0)
    assert possible(peaks(0.4, 0.3, 0.2), Draw(sampling, 0, excludes=True)) == {2}
