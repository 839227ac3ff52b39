"""Sequences share a batch and do not notice each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.events import FinishReason, Started
from models.requests import Sampling
from tests.models.tiny import GREEDY, Bench, ask

PROMPTS = ("The lighthouse", "Rain, and then more rain over the harbour", "A", "Once upon a time " * 9)
LIVELY = Sampling(temperature=0.9, top_p=0.9, min_p=0.02, seed=11)


@pytest.fixture(scope="module")
def bench(tiny: Path) -> Bench:
    return Bench(tiny)


def by_generate(bench: Bench, prompt: str, n: int) -> str:
    """Let transformers' own loop write, greedily."""
    import torch

    model, tokenizer = bench.engine.loaded.model, bench.engine.loaded.tokenizer
    tokens = torch.tensor([bench.engine.prompts.build(ask(prompt, n)).tokens])
    written = model.generate(tokens, max_new_tokens=n, do_sample=False, pad_token_id=0)
    text: str = tokenizer.decode(written[0, tokens.shape[1] :], skip_special_tokens=True)
    return text.rstrip("\N{REPLACEMENT CHARACTER}").strip()


def test_greedy_text_equals_that_of_generate(bench: Bench) -> None:
    ends = bench.run(*(ask(prompt) for prompt in PROMPTS))
    assert [end.text for end in ends] == [by_generate(bench, prompt, 24) for prompt in PROMPTS]


@pytest.mark.parametrize("sampling", [GREEDY, LIVELY])
def test_a_text_is_the_same_alone_and_in_a_full_batch(bench: Bench, sampling: Sampling) -> None:
    requests = [ask(prompt, sampling=sampling) for prompt in PROMPTS]
    alone = [bench.run(request)[0].text for request in requests]
    assert [end.text for end in bench.run(*requests)] == alone


@pytest.mark.parametrize("sampling", [GREEDY, LIVELY])
def test_a_text_is_the_same_from_a_warm_row(bench: Bench, sampling: Sampling) -> None:
    request = ask("The tide went out and did not return", sampling=sampling, warm_key="tide")
    cold, warm = bench.run(request)[0], bench.run(request)[0]
    started = bench.started(max(bench.heard))
    assert started.cached_tokens == started.prompt_tokens - 1
    assert warm.text == cold.text


def test_the_next_turn_reads_only_what_is_new(tiny: Path) -> None:
    bench = Bench(tiny)
    bench.run(ask("A long beginning of a story. " * 4, warm_key="story"))
    bench.run(ask("A long beginning of a story. " * 4 + "And now?", warm_key="story"))
    assert bench.started(1).cached_tokens >= len("A long beginning of a story. ") * 4


def test_stories_with_the_same_rules_share_them_while_both_are_written(tiny: Path) -> None:
    bench = Bench(tiny)
    first = bench.submit(ask("The same rules for all of us in this house. Alpha", 40))
    for _ in range(3):
        bench.batch.step()
    second = bench.submit(ask("The same rules for all of us in this house. Beta", 5))
    while bench.batch.step():
        pass
    assert bench.started(first).cached_tokens == 0
    assert bench.started(second).cached_tokens >= len("The same rules for all of us in this house.")


def test_continuations_of_one_story_asked_at_once_read_it_once(tiny: Path) -> None:
    bench, story = Bench(tiny), "The same long evening in the same old house by the sea. " * 5
    requests = [ask(f"{story} {n}", 12, sampling=replace(LIVELY, seed=n)) for n in range(4)]
    alone = [Bench(tiny).run(request)[0].text for request in requests]
    tickets = [bench.submit(request) for request in requests]
    while bench.batch.step():
        pass
    assert [bench.end(ticket).text for ticket in tickets] == alone
    started = [bench.started(ticket) for ticket in tickets]
    read = sum(start.prompt_tokens - start.cached_tokens for start in started)
    assert read < len(story) + 4 * 80 < started[0].prompt_tokens * 2


def test_xtc_goes_by_its_seed_and_touches_no_neighbour(bench: Bench) -> None:
    plain = ask(PROMPTS[1], 40, sampling=replace(LIVELY, min_p=0.001))
    daring = replace(plain, sampling=replace(plain.sampling, xtc_probability=0.5, xtc_threshold=0.02))
    texts = [end.text for end in bench.run(plain, daring, daring)]
    assert texts[1] == texts[2] != texts[0]
    assert [bench.run(request)[0].text for request in (plain, daring)] == texts[:2]
    never = replace(daring, sampling=replace(daring.sampling, xtc_probability=0.0))
    assert bench.run(never)[0].text == texts[0]


def test_xtc_leaves_line_ends_and_the_end_of_a_turn_alone(bench: Bench) -> None:
    loaded = bench.engine.loaded
    (line_end,) = loaded.tokenizer("\n")["input_ids"]
    assert loaded.ends
    assert bench.batch._decoder._protected == {line_end} | loaded.ends


def test_more_requests_than_slots_are_all_answered(bench: Bench) -> None:
    lengths = [3, 9, 1, 14, 6, 2, 11, 5, 8, 4]
    requests = [ask(f"story {n}", length, id=str(n)) for n, length in enumerate(lengths)]
    alone = [bench.run(request)[0].text for request in requests]
    assert [end.text for end in bench.run(*requests)] == alone


def test_a_sequence_joins_while_others_write(bench: Bench) -> None:
    alone = [bench.run(ask(prompt))[0].text for prompt in PROMPTS[:3]]
    tickets = []
    for prompt in PROMPTS[:3]:
        tickets.append(bench.submit(ask(prompt)))
        for _ in range(5):
            bench.batch.step()
    while bench.batch.step():
        pass
    assert [bench.end(ticket).text for ticket in tickets] == alone


def test_a_long_prompt_does_not_stall_those_who_write(tiny: Path) -> None:
    bench = Bench(tiny, chunk_tokens=16)
    writing = bench.sequences[bench.submit(ask("short", 60))]
    while not writing.written:
        bench.batch.step()
    reading = bench.sequences[bench.submit(ask("long " * 40, 4))]
    while not reading.written:
        before = writing.written
        bench.batch.step()
        bench.batch.step()
        assert writing.written > before


def test_the_deltas_are_the_text(bench: Bench) -> None:
    ticket = bench.submit(ask(PROMPTS[1], sampling=LIVELY))
    while bench.batch.step():
        pass
    assert isinstance(bench.heard[ticket][0], Started)
    assert bench.text(ticket).strip() == bench.end(ticket).text


def test_text_ends_before_a_stop_string_that_spans_tokens(bench: Bench) -> None:
    whole = bench.run(ask(PROMPTS[1], 40))[0].text
    stop = whole[12:17]
    ended = bench.run(ask(PROMPTS[1], 40, stop=(stop,)))[0]
    assert ended.text == whole[: whole.index(stop)].strip()
    assert ended.reason is FinishReason.STOP


def test_dry_breaks_the_loop_that_greedy_text_falls_into(tiny: Path) -> None:
    bench = Bench(tiny)
    for layer in bench.engine.loaded.model.model.layers:
        layer.self_attn.o_proj.weight.data.zero_()  # without attention each letter has one successor: a loop for sure

    def repeated(sampling: Sampling) -> float:
        """Return the share of four-token runs that were there before."""
        sequence = bench.sequences[bench.submit(ask("Rain", 200, sampling=sampling))]
        while bench.batch.step():
            pass
        new = sequence.tokens[-sequence.written :]
        runs = [tuple(new[n : n + 4]) for n in range(len(new) - 3)]
        return 1 - len(set(runs)) / len(runs)

    assert repeated(replace(GREEDY, dry_multiplier=5)) < 0.2 < 0.5 < repeated(GREEDY)


def test_a_length_is_kept(bench: Bench) -> None:
    ended = bench.run(ask(PROMPTS[0], 7))[0]
    assert (ended.new_tokens, ended.reason) == (7, FinishReason.LENGTH)


def test_every_request_is_charged_its_share_of_the_device(bench: Bench) -> None:
    assert all(end.device_ms > 0 for end in bench.run(*(ask(prompt) for prompt in PROMPTS)))


def test_a_cancelled_sequence_frees_its_seat_and_says_no_more(tiny: Path) -> None:
    bench = Bench(tiny, slots=1)
    given_up, patient = bench.submit(ask("first", 200)), bench.submit(ask("second", 5))
    for _ in range(4):
        bench.batch.step()
    bench.batch.cancel(given_up)
    heard = len(bench.heard[given_up])
    while bench.batch.step():
        pass
    assert len(bench.heard[given_up]) == heard
    assert bench.end(patient).new_tokens == 5


def test_one_who_waits_can_be_cancelled(tiny: Path) -> None:
    bench = Bench(tiny, slots=1)
    bench.submit(ask("first", 3))
    waiting = bench.submit(ask("second", 3))
    bench.batch.cancel(waiting)
    while bench.batch.step():
        pass
    assert bench.heard[waiting] == []


def test_keys_and_values_stay_within_their_bound(tiny: Path) -> None:
    bench = Bench(tiny, kv_memory_mib=1, slots=8, warm_rows=50, window_tokens=256)
    for n in range(30):
        bench.run(*(ask(f"story {n} {m} " * 8, 8, warm_key=f"{n} {m}") for m in range(3)))
        assert bench.batch.stats().cache_bytes <= 2**20


def test_stats_are_sane_before_the_first_request(tiny: Path) -> None:
    stats = Bench(tiny).batch.stats()
    assert stats.decode_tokens_per_s > 0
    assert stats.prefill_tokens_per_s > 0
    assert (stats.running, stats.waiting) == (0, 0)
