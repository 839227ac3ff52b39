"""Small edits are offered with the sentences they change; rewriting is not, and nothing else of a text changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.forms.edits import WORDS_MAX, Change, changes, line_edits, with_edits

TEXT = "The lamp were lit. She waited at the window, and nobody come.\n\nIt rained."


def test_a_corrected_word_is_a_change_of_its_sentence() -> None:
    edits, larger = line_edits(TEXT, TEXT.replace("were", "was"))
    assert changes(TEXT, edits) == [Change("The lamp were lit.", "The lamp was lit.")]
    assert larger == 0


def test_two_corrections_of_one_sentence_are_shown_together() -> None:
    better = TEXT.replace("window, and", "window and").replace("come", "came")
    edits, _ = line_edits(TEXT, better)
    assert changes(TEXT, edits) == [
        Change("She waited at the window, and nobody come.", "She waited at the window and nobody came.")
    ]
    assert with_edits(TEXT, edits) == better


def test_an_unchanged_text_has_no_edits() -> None:
    assert line_edits(TEXT, TEXT) == ([], 0)


def test_rewriting_is_left_out_and_counted() -> None:
    rewritten = TEXT.replace("It rained.", "The rain came down in long grey ropes over all of the roofs.")
    edits, larger = line_edits(TEXT, rewritten)
    assert with_edits(TEXT, edits) == TEXT
    assert larger == 1


def test_what_a_model_leaves_away_at_the_end_stays() -> None:
    edits, larger = line_edits(TEXT, "The lamp was lit.")
    assert with_edits(TEXT, edits) == TEXT.replace("were", "was")
    assert larger == 1


def test_how_lines_and_paragraphs_are_set_apart_is_left_as_it_is() -> None:
    assert line_edits(TEXT, TEXT.replace("\n\n", "\n").replace("lit. ", "lit.  ")) == ([], 0)


def test_a_space_too_many_before_a_comma_goes() -> None:
    edits, _ = line_edits("She left , alone.", "She left, alone.")
    assert changes("She left , alone.", edits) == [Change("She left , alone.", "She left, alone.")]


def test_what_is_put_in_between_two_sentences_is_shown_once() -> None:
    edits, _ = line_edits("One. Two.", "One. And Two.")
    assert len(changes("One. Two.", edits)) == 1


def test_sentences_that_an_edit_joins_are_shown_as_one() -> None:
    edits, _ = line_edits("She left. and came back.", "She left and came back.")
    assert changes("She left. and came back.", edits) == [Change("She left. and came back.", "She left and came back.")]


@given(st.text("ab .\n\u3002", min_size=1, max_size=60), st.text("ab .\n\u3002", max_size=60))
def test_whatever_a_model_answers_the_changes_shown_are_all_there_are(text: str, rewritten: str) -> None:
    edits, larger = line_edits(text, rewritten)
    if not larger:
        assert with_edits(text, edits).split() == rewritten.split()
    assert all(sum("a" in word or "b" in word for word in edit.new.split()) <= WORDS_MAX for edit in edits)
    shown = changes(text, edits)
    assert len(shown) <= max(1, len(edits))
    assert bool(shown) == bool(edits)
