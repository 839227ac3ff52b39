"""A text with a schema keeps to it, in a batch with texts that have none, and ends where its schema does."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from models.errors import InvalidRequest
from models.events import FinishReason
from models.requests import Sampling
from models.text.grammar import Grammars
from tests.models.tiny import GREEDY, Bench, ask, byte_tokenizer

KINDS = ["cliché", "tense", "word choice"]
NOTES = {
    "type": "object",
    "properties": {
        "quote": {"type": "string", "maxLength": 12},
        "kinds": {"type": "array", "items": {"enum": KINDS}, "minItems": 1, "maxItems": 3},
        "place": {"$ref": "#/$defs/place"},
    },
    "required": ["quote", "kinds", "place"],
    "additionalProperties": False,
    "$defs": {"place": {"type": "integer", "minimum": 1, "maximum": 40}},
}
SCHEMA = json.dumps(NOTES)
LONGEST = 200
LIVELY = Sampling(temperature=2.0, top_p=1, min_p=0, dry_multiplier=5)
PROMPTS = ("The lighthouse", "Rain, and then more rain over the harbour", "A", "Once upon a time " * 9)
UNFIT = [
    "",
    "no JSON",
    "[1]",
    "true",
    '{"type": "poem"}',
    '{"type": "string", "pattern": "("}',
    '{"$ref": "#/$defs/nowhere"}',
    '{"enum": []}',
    '{"type": "array", "uniqueItems": true}',
]


@pytest.fixture(scope="module")
def bench(tiny: Path) -> Bench:
    return Bench(tiny)


def checked(text: str) -> Any:
    """Read an answer, which must be as the schema has it."""
    answer = json.loads(text)
    Draft202012Validator(NOTES).validate(answer)
    return answer


@pytest.mark.parametrize("sampling", [GREEDY, *(replace(LIVELY, seed=seed) for seed in range(12))])
def test_even_a_random_model_answers_within_the_schema(bench: Bench, sampling: Sampling) -> None:
    end = bench.run(ask("What do you think?", LONGEST, sampling=sampling, schema=SCHEMA))[0]
    checked(end.text)
    assert (end.reason, end.new_tokens < LONGEST) == (FinishReason.STOP, True)


def test_answers_differ_within_the_schema(bench: Bench) -> None:
    requests = [ask("Well?", LONGEST, sampling=replace(LIVELY, seed=n), schema=SCHEMA) for n in range(12)]
    answers = [checked(end.text) for end in bench.run(*requests)]
    assert {kind for answer in answers for kind in answer["kinds"]} == set(KINDS)
    assert len({answer["quote"] for answer in answers}) > 6


@pytest.mark.parametrize("sampling", [GREEDY, LIVELY])
def test_bound_and_free_texts_share_a_batch_and_do_not_notice_each_other(bench: Bench, sampling: Sampling) -> None:
    schemas = [None, SCHEMA, None, SCHEMA]
    requests = [
        ask(prompt, LONGEST, sampling=sampling, schema=schema) for prompt, schema in zip(PROMPTS, schemas, strict=True)
    ]
    alone = [bench.run(request)[0].text for request in requests]
    assert [end.text for end in bench.run(*requests)] == alone
    assert [text.startswith('{"quote": "') for text in alone] == [False, True, False, True]


def test_a_text_with_a_schema_reads_on_from_a_warm_row(bench: Bench) -> None:
    request = ask("The tide went out and did not return", LONGEST, schema=SCHEMA, warm_key="tide")
    cold, warm = bench.run(request)[0], bench.run(request)[0]
    assert bench.started(max(bench.heard)).cached_tokens > 0
    assert warm.text == cold.text


def test_what_is_said_piece_by_piece_is_the_whole_answer(bench: Bench) -> None:
    ticket = bench.submit(ask("Well?", LONGEST, sampling=LIVELY, schema=SCHEMA))
    while bench.batch.step():
        pass
    assert checked(bench.text(ticket)) == checked(bench.end(ticket).text)


def test_too_few_tokens_cut_an_answer_and_say_so(bench: Bench) -> None:
    end = bench.run(ask("Well?", 20, schema=SCHEMA))[0]
    assert (end.reason, end.new_tokens) == (FinishReason.LENGTH, 20)
    assert end.text.startswith('{"quote": "')


def test_an_answer_that_needs_no_object_ends_when_the_model_ends_it(bench: Bench) -> None:
    end = bench.run(ask("How many?", 40, sampling=LIVELY, schema='{"type": "integer", "minimum": 0, "maximum": 9}'))[0]
    assert end.reason is FinishReason.STOP
    assert 0 <= int(end.text) <= 9


def test_characters_of_several_tokens_are_written_whole(bench: Bench) -> None:
    schema = json.dumps({"type": "array", "items": {"enum": ["é", "春眠", "🌊"]}, "minItems": 9, "maxItems": 9})
    end = bench.run(ask("Well?", LONGEST, sampling=LIVELY, schema=schema))[0]
    assert set(json.loads(end.text)) <= {"é", "春眠", "🌊"}


@pytest.mark.parametrize("schema", UNFIT)
def test_a_schema_that_cannot_be_compiled_is_refused(bench: Bench, schema: str) -> None:
    with pytest.raises(InvalidRequest, match="schema"):
        bench.engine.sequence(0, ask("Well?", schema=schema))


def test_a_text_keeps_to_a_grammar_of_its_own_as_well(bench: Bench) -> None:
    verse = 'start: line "\\n" line\nline: /snow|rain/ " " /falls|fell/ /[.!]?/'
    end = bench.run(ask("Well?", 40, sampling=LIVELY, grammar=verse))[0]
    assert end.reason is FinishReason.STOP
    assert re.fullmatch(r"((snow|rain) (falls|fell)[.!]?\n?){2}", end.text)


@pytest.mark.parametrize("grammar", ["", "start: nowhere", "start: /(/", "no grammar"])
def test_a_grammar_that_cannot_be_compiled_is_refused(bench: Bench, grammar: str) -> None:
    with pytest.raises(InvalidRequest, match="grammar"):
        bench.engine.sequence(0, ask("Well?", grammar=grammar))


def test_a_refusal_is_no_trouble_to_the_next_request(bench: Bench) -> None:
    with pytest.raises(InvalidRequest):
        bench.engine.sequence(0, ask("Well?", schema="no JSON"))
    checked(bench.run(ask("Well?", LONGEST, schema=SCHEMA))[0].text)


def test_a_tokenizer_that_no_grammar_can_read_is_refused_in_a_sentence() -> None:
    with pytest.raises(InvalidRequest, match="tokenizer"):
        Grammars({"a": 0}, frozenset({0}), 1).begin(SCHEMA)


def test_a_model_may_have_room_for_more_tokens_than_its_tokenizer_knows(tiny: Path) -> None:
    grammars = Grammars(byte_tokenizer(), frozenset({256}), 300)
    assert len(grammars.begin(SCHEMA).allowed()) * 8 >= 300


def test_what_the_prompt_says_may_be_quoted_without_a_penalty(bench: Bench) -> None:
    def penalised(schema: str | None) -> int:
        request = ask("the sea the sea the sea", sampling=replace(GREEDY, dry_multiplier=1), schema=schema)
        sequence = bench.engine.sequence(0, request)
        for token in bench.engine.loaded.tokenizer('"the sea')["input_ids"]:
            sequence.accept(token)
        penalties = sequence.draw().penalties
        assert penalties is not None
        return len(penalties[0])

    assert penalised('{"type": "string"}') == 0 < penalised(None)


def test_a_loop_of_its_own_is_still_broken(tiny: Path) -> None:
    bench = Bench(tiny)
    for layer in bench.engine.loaded.model.model.layers:
        layer.self_attn.o_proj.weight.data.zero_()  # without attention each letter has one successor: a loop for sure
    schema = json.dumps({"type": "string", "minLength": 120, "maxLength": 120})

    def repeated(sampling: Sampling) -> float:
        text = bench.run(ask("Rain", LONGEST, sampling=sampling, schema=schema))[0].text
        runs = [text[n : n + 4] for n in range(len(text) - 3)]
        return 1 - len(set(runs)) / len(runs)

    assert repeated(replace(GREEDY, dry_multiplier=5)) < 0.2 < 0.5 < repeated(GREEDY)
