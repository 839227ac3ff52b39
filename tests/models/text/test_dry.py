"""DRY makes loops unlikely, the longer the more, and leaves line ends and quotes alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.requests import Sampling
from models.text.dry import Dry

SAMPLING = Sampling(dry_multiplier=0.8, dry_base=1.75, dry_allowed_length=2)
BREAKER = 0
TOKENS = st.lists(st.integers(0, 4), max_size=30)


def penalties(prompt: list[int], written: list[int]) -> dict[int, float]:
    dry = Dry(SAMPLING, frozenset({BREAKER}), prompt, len(prompt) + len(written))
    for token in written:
        dry.append(token)
    tokens, weights = dry.penalties()
    return dict(zip(tokens.tolist(), weights.tolist(), strict=True))


def by_definition(tokens: list[int]) -> dict[int, float]:
    """Look at every earlier place whose last tokens equal the sequence's last, one token after another."""
    found: dict[int, float] = {}
    for end in range(len(tokens) - 1):
        length = 0
        while length <= end and tokens[end - length] == tokens[-1 - length] != BREAKER:
            length += 1
        following = tokens[end + 1]
        if length >= SAMPLING.dry_allowed_length and following != BREAKER:
            weight = SAMPLING.dry_multiplier * SAMPLING.dry_base ** (length - SAMPLING.dry_allowed_length)
            found[following] = max(found.get(following, 0), weight)
    return found


def rounded(weights: dict[int, float]) -> dict[int, float]:
    return {token: round(weight, 2) for token, weight in weights.items()}


def test_a_longer_repetition_costs_more() -> None:
    assert rounded(penalties([1, 2, 3, 4, 9, 1, 2], [])) == {3: 0.8}
    assert rounded(penalties([1, 2, 3, 4, 9, 1, 2], [3])) == {4: 1.4}


def test_a_single_word_may_come_again() -> None:
    assert penalties([1, 2, 3, 1], []) == {}


def test_nothing_is_counted_across_a_breaker() -> None:
    assert penalties([1, BREAKER, 2, 3, 1, BREAKER, 2], []) == {}


@given(TOKENS, TOKENS)
def test_it_equals_its_definition(prompt: list[int], written: list[int]) -> None:
    assert rounded(penalties(prompt, written)) == rounded(by_definition(prompt + written))
