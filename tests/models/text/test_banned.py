"""A banned phrase is found whatever its tokens and case, and nothing of it is let through before that is certain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.events import FinishReason
from models.requests import Sampling
from models.text.banned import Penalties, PhraseFilter, Refused
from models.text.sequence import PATIENCE, Sequence
from models.text.stops import Detokenizer
from tests.models.tiny import GREEDY, Bench, ask

LIVELY = Sampling(temperature=1.2, top_p=1, min_p=0, dry_multiplier=0.8, xtc_probability=0.5, seed=3)


@pytest.fixture(scope="module")
def bench(tiny: Path) -> Bench:
    return Bench(tiny)


def through(banned: tuple[str, ...], pieces: list[str]) -> tuple[str, int | None]:
    """Let pieces through, each one token, until a phrase is whole; say what was shown and where it began."""
    phrases = PhraseFilter(Detokenizer(lambda tokens: "".join(pieces[token] for token in tokens)), banned)
    shown = ""
    for token in range(len(pieces)):
        shown += phrases.feed(token)
        if phrases.begun is not None:
            return shown, phrases.begun
    return shown + phrases.rest(), phrases.begun


@pytest.mark.parametrize(
    ("phrase", "pieces", "begun"),
    [
        ("a testament to", ["It", " was", " a", " test", "ament", " to", " love"], 2),
        ("a testament to", ["It", " was a", " TESTAMENT", "\n", "to", "."], 1),
        ("testament", ["a", " testa", "ments"], None),
        ("testament*", ["a", " testa", "ments"], 1),
        ("testament", ["the protestament"], None),
        ("testament", ["a", " testament"], 1),
        ("couldn't help", ["She", " couldn", "\u2019t", " help", " it"], 1),
        ("红色", ["一", "条", "红", "色", "的"], 2),
        ("Straße", ["the", " strasse", "."], 1),
        ("…", ["well", "…"], 1),
    ],
)
def test_a_phrase_is_found_as_whole_words_in_any_case_and_tokens(
    phrase: str, pieces: list[str], begun: int | None
) -> None:
    shown, found = through((phrase,), pieces)
    assert found == begun
    assert shown == "".join(pieces[:begun])


def test_only_what_may_yet_be_a_phrase_waits() -> None:
    pieces = ["It", " was", " a", " test", " of", " will"]
    phrases = PhraseFilter(Detokenizer(lambda tokens: "".join(pieces[token] for token in tokens)), ("a testament",))
    assert [phrases.feed(token) for token in range(6)] == ["It", " was", "", "", " a test of", " will"]


WORDS = st.lists(st.sampled_from(["a ", "b ", "ab", "A b", "c", " ", ". ", "\N{WHALE}"]), max_size=12).map("".join)


@given(st.lists(st.sampled_from(["a b", "b c", "ab*", "c", "\N{WHALE}"]), min_size=1, max_size=3), WORDS)
def test_byte_by_byte_the_text_goes_through_as_far_as_the_first_phrase(banned: list[str], text: str) -> None:
    tokens = list(text.encode())
    phrases = PhraseFilter(Detokenizer(lambda some: bytes(some).decode(errors="replace")), tuple(banned))
    shown = ""
    for token in tokens:
        shown += phrases.feed(token)
        if phrases.begun is not None:
            break
    else:
        shown += phrases.rest()
    if phrases.begun is None:
        assert shown == text
    else:
        assert text.startswith(shown + phrases.cut())
        whole, found = through(tuple(banned), [shown + phrases.cut()])
        assert (whole, found) == (shown + phrases.cut(), None)


def test_after_a_phrase_is_taken_back_others_may_come() -> None:
    pieces = ["a", " red", " boat", " kite", "."]
    phrases = PhraseFilter(Detokenizer(lambda tokens: "".join(pieces[token] for token in tokens)), ("red boat",))
    assert [phrases.feed(token) for token in (0, 1, 2)] == ["a", "", ""]
    assert phrases.feed(4) == ""
    assert (phrases.begun, phrases.take_back(1)) == (1, 3)
    assert "".join(phrases.feed(token) for token in (3, 4)) + phrases.rest() == " kite."


def test_what_was_let_through_may_still_begin_a_phrase_once_what_followed_is_taken_back() -> None:
    pieces = ["then", " it", " had", " been", " was", " red", "."]
    phrases = PhraseFilter(
        Detokenizer(lambda tokens: "".join(pieces[token] for token in tokens)), ("it was", "had been")
    )
    assert [phrases.feed(token) for token in (0, 1, 2, 3, 6)] == ["then", "", " it", "", ""]
    assert phrases.begun == 2
    phrases.take_back(2)
    assert [phrases.feed(token) for token in (4, 5)] == ["", ""]
    assert phrases.begun == 2  # the first token that nobody has seen yet
    phrases.take_back(2)
    assert "".join(phrases.feed(token) for token in (5, 6)) + phrases.rest() == " red."


VOCABULARY = [
    "<end>",
    "it",
    " it",
    " was",
    " had",
    " been",
    "had",
    ".",
    "\n",
    " w",
    "as",
    "I",
    "t w",
    " \N{WHALE}",
    "",
    " be",
]


@given(st.randoms(use_true_random=False), st.sampled_from([4, 9, 20]), st.booleans(), st.sampled_from([(), ("\n",)]))
def test_whatever_is_drawn_no_phrase_is_said_and_nothing_is_taken_back(
    random: Random, most: int, dry: bool, stop: tuple[str, ...]
) -> None:
    banned = ("it was", "had been", "was it", "been had*")
    sampling = Sampling(dry_multiplier=0.8 * dry)
    sequence = Sequence(
        0,
        ask("x", most, banned=banned, sampling=sampling, stop=stop),
        [1, 2],
        decode=lambda tokens: "".join(VOCABULARY[token] for token in tokens),
        breakers=frozenset({8}),
        ends=frozenset({0}),
    )
    shown = ""
    while sequence.reason is None:
        refused = [token for token, weight in zip(*(sequence.draw().penalties or ()), strict=True) if weight == np.inf]
        sequence.read = len(sequence.tokens)
        shown += sequence.accept(random.choice([n for n in range(len(VOCABULARY)) if n not in refused]))
        assert sequence.unread == 1 or sequence.reason
    assert shown.strip() == sequence.finished().text
    assert through(banned, [shown]) == (shown, None)


def as_dict(penalties: Penalties | None) -> dict[int, float]:
    assert penalties is not None
    return dict(zip(*(each.tolist() for each in penalties), strict=True))


def test_a_refused_token_may_come_anywhere_else_and_after_another_beginning() -> None:
    refused = Refused()
    refused.add(4, 70)
    refused.add(9, 80)
    refused.add(4, 71)
    dry = (np.array([70, 72]), np.array([0.5, 0.25], dtype=np.float32))
    assert as_dict(refused.penalties(4, dry, None)) == {72: 0.25, 70: np.inf, 71: np.inf}
    assert refused.penalties(9, dry, None) is dry


def test_a_grammar_goes_before_where_nothing_else_may_come() -> None:
    refused = Refused()
    refused.add(0, 3)
    assert refused.penalties(0, None, np.array([0b1000], dtype=np.uint8)) is None
    assert as_dict(refused.penalties(0, None, np.array([0b1100], dtype=np.uint8))) == {3: np.inf}


@pytest.mark.parametrize("sampling", [GREEDY, LIVELY])
def test_a_row_never_says_a_banned_phrase_and_goes_on(bench: Bench, sampling: Sampling) -> None:
    free = ask("The harbour", 60, sampling=sampling)
    text = bench.run(free)[0].text
    phrases = tuple(dict.fromkeys([text[5:8].strip(), text[20:24].strip(), text[-3:].strip()]))
    bound = replace(free, banned=tuple(f"{phrase}*" for phrase in phrases if phrase))
    ticket = bench.submit(bound)
    while bench.batch.step():
        pass
    end = bench.end(ticket)
    assert text != end.text
    assert end.new_tokens > 30
    assert not any(through((phrase,), [end.text])[1] is not None for phrase in bound.banned)
    assert bench.text(ticket).strip() == end.text
    beside = bench.run(bound, free, ask("Another", 20))
    assert [beside[0].text, beside[1].text] == [end.text, text]  # neither sees the other


def test_the_cache_holds_what_is_written_and_no_more_after_going_back(bench: Bench) -> None:
    first = ask("The harbour", 40)
    text = bench.run(first)[0].text
    bound = replace(first, banned=(f"{text[4:7]}*",), warm_key="harbour")
    cold = bench.run(bound)[0]
    follow = ask("The harbour" + cold.text, 20)
    alone = Bench.run(bench, replace(follow, id="alone"))[0].text
    assert bench.run(replace(follow, warm_key="harbour"))[0].text == alone


def test_a_text_that_comes_to_nothing_else_ends_before_it(bench: Bench) -> None:
    letters = tuple(f"{chr(code)}*" for code in range(33, 127) if chr(code) != "*")
    end = bench.run(ask("The harbour", 30, banned=letters))[0]
    assert not any(through((letter,), [end.text])[1] is not None for letter in letters)
    assert end.new_tokens <= 30


def test_a_grammar_keeps_to_its_schema_and_to_the_ban(bench: Bench) -> None:
    schema = '{"enum": ["red boat", "red kite"]}'
    request = ask("What is it?", 20, schema=schema)
    first = bench.run(request)[0].text
    other = {'"red boat"': "red kite", '"red kite"': "red boat"}[first]
    assert bench.run(replace(request, banned=(first.strip('"'),)))[0].text == f'"{other}"'
    cut = bench.run(replace(request, banned=("red",)))[0]
    assert (cut.text, cut.reason) == ('"', FinishReason.STOP)


def test_the_end_is_refused_too_where_a_phrase_is_whole_only_because_the_text_ends(bench: Bench) -> None:
    request = ask("What is it?", 20, grammar='start: "red" "s"?')
    assert bench.run(replace(request, banned=("red",)))[0].text == "reds"
    cut = bench.run(replace(request, banned=("red", "reds")))[0]
    assert (cut.text, cut.reason) == ("", FinishReason.STOP)


def test_going_back_has_a_bound(bench: Bench) -> None:
    sequence = bench.sequences[bench.submit(ask("The harbour", 10, banned=("red",), schema='{"const": "red"}'))]
    steps = 0
    while bench.batch.step():
        steps += 1
    assert sequence.reason is FinishReason.STOP
    assert steps < 3 * (PATIENCE + 10)
