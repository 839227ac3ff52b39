"""The measure of repetition: what counts as said again, and what as said at all."""

from __future__ import annotations

import pytest

from bench.writing.repeats import repeated_runs, times_said, words_of


@pytest.mark.parametrize(
    ("passages", "repeated"),
    [
        ([], 0),
        (["The tide was out."], 0),
        (["The tide was out.", "the TIDE was \u2013 out!"], 1000 / 8),
        (["The tide was out"] * 3, 2000 / 12),
        (["one two three four five", "two three four five six"], 1000 / 10),
        (["the tide was", "out the tide was out"], 0),
        (["no no no no no no"], 2000 / 6),
    ],
)
def test_every_run_of_four_words_that_was_there_before_counts(passages: list[str], repeated: float) -> None:
    assert repeated_runs(passages) == pytest.approx(repeated)


def test_a_phrase_counts_as_whole_words_in_any_case() -> None:
    passages = ["For a moment, nothing.", "For a momentary lapse; FOR A\nMOMENT. For a moment"]
    assert times_said(passages, ["for a moment"]) == 3
    assert times_said(passages, ["for a moment", "nothing", "silence"]) == 4
    assert times_said(["She stayed for, a moment."], ["for a moment"]) == 0
    assert times_said([], ["for a moment"]) == 0


def test_an_apostrophe_belongs_to_its_word() -> None:
    assert words_of("She couldn\u2019t \u201cstay\u201d.") == ["she", "couldn't", "stay"]
