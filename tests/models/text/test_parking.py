"""The language model steps aside for another and comes back: it writes as before, and its warm rows are warm still."""

from __future__ import annotations

from pathlib import Path

from tests.models.tiny import Bench, ask


def test_a_text_is_the_same_after_the_model_was_parked(tiny: Path) -> None:
    bench = Bench(tiny)
    request = ask("The tide went out and did not return. " * 3)
    before = bench.run(*[request] * 3)[0].text
    bench.batch.park()
    bench.batch.fetch()
    assert bench.run(request)[0].text == before


def test_a_parked_model_keeps_its_warm_rows_and_gives_its_lanes_back(tiny: Path) -> None:
    bench = Bench(tiny)
    requests = [ask(f"Story {n}: the tide went out. " * 10, warm_key=str(n)) for n in range(4)]
    before = [end.text for end in bench.run(*requests)]
    took = bench.batch.stats().cache_bytes
    bench.batch.park()
    assert bench.batch.stats().cache_bytes < took / 2
    bench.batch.fetch()
    assert [end.text for end in bench.run(*requests)] == before
    warm = bench.started(max(bench.heard))
    assert warm.cached_tokens == warm.prompt_tokens - 1


def is_busy_and_urgent(bench: Bench) -> tuple[bool, bool]:
    return bench.batch.is_busy, bench.batch.waits_for_first_token


def test_a_batch_is_busy_until_all_are_answered_and_urgent_while_a_step_brings_first_words_nearer(tiny: Path) -> None:
    bench = Bench(tiny, slots=1)
    assert is_busy_and_urgent(bench) == (False, False)
    bench.submit(ask("first", 3))
    assert is_busy_and_urgent(bench) == (True, True)
    bench.batch.step()
    bench.submit(ask("waits for a seat first", 3))
    assert is_busy_and_urgent(bench) == (True, False)
    while bench.batch.step():
        pass
    assert is_busy_and_urgent(bench) == (False, False)
