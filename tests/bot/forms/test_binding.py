"""Whatever is written under the grammar of a form keeps the form, as its check finds it."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest

from bot.forms.binding import binding_of
from bot.forms.checks import check
from bot.forms.cleaning import dressed
from bot.forms.form import form_of, forms
from models.requests import TextRequest
from models.text.grammar import Grammars
from tests.models.tiny import byte_tokenizer

BOUND = ("haiku", "tanka", "sonnet", "limerick", "jueju5", "jueju7", "huanxisha", "yijiangnan")
END = 256


@cache
def grammars() -> Grammars:
    return Grammars(byte_tokenizer(), frozenset({END}), 300)


def at_random(key: str, seed: int) -> str:
    """Write by the grammar of a form, choosing each token by chance among those it lets through."""
    chance, written = random.Random(seed), list[int]()
    grammar = grammars().for_request(TextRequest("bound", (), grammar=binding_of(form_of(key), seed)))
    assert grammar is not None
    while not grammar.is_complete:
        allowed = np.flatnonzero(np.unpackbits(grammar.allowed(), bitorder="little"))
        token = int(chance.choice(allowed))
        if token == END:
            break
        grammar.accept(token)
        written.append(token)
    return str(byte_tokenizer().decode(written))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("key", BOUND)
def test_a_bound_text_keeps_its_form(key: str, seed: int) -> None:
    verdict = check(form_of(key), dressed(at_random(key, seed)))
    assert list(map(str, verdict.faults)) == []


def test_forms_without_a_grammar_have_none() -> None:
    assert {key for key, form in forms().items() if binding_of(form, 1) is None} == set(forms()) - set(BOUND)


def test_a_seed_chooses_the_rhymes() -> None:
    limerick = form_of("limerick")
    assert binding_of(limerick, 1) == binding_of(limerick, 1)
    assert len({binding_of(limerick, seed) for seed in range(8)}) > 1


def test_bound_lines_are_dressed() -> None:
    assert dressed("snow and i,\ni and ice") == "Snow and I,\nI and ice"
