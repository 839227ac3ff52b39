"""Notes and answers are held against their draft."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.critique.checking import SENTENCE_MAX, SENTENCES_MAX, checked, sentences_of, spread
from bot.critique.critique import Note
from bot.critique.shapes import NoteShape

DRAFT = "The lamp was lit. Nobody came.\n\nThe lamp was lit again; so it went on, " + "on and on, " * 30 + "until dawn."


def shape(quote: str) -> NoteShape:
    return NoteShape(quote=quote, kind="tense", effect="It slows down.", advice="Could it be shorter?")


def test_a_quote_has_to_stand_in_the_part_that_was_read() -> None:
    span = DRAFT.index("The lamp was lit again"), len(DRAFT)
    notes, dropped = checked(DRAFT, span, [shape("Nobody came."), shape("the lamp was lit")])
    assert [(one.quote, one.paragraph) for one in notes] == [("The lamp was lit", 2)]
    assert dropped == 1


def test_sentences_to_choose_from_stand_in_the_text_long_ones_in_pieces() -> None:
    found = sentences_of(DRAFT)
    assert found[:2] == ("The lamp was lit.", "Nobody came.")
    assert len(found) > 4
    assert all(one in DRAFT and len(one) <= SENTENCE_MAX for one in found)


def test_of_many_sentences_some_from_all_over_are_offered() -> None:
    many = [f"Sentence number {number} is here." for number in range(10 * SENTENCES_MAX)]
    assert sentences_of(" ".join(many)) == tuple(many[::10])


def test_a_note_that_speaks_of_other_words_than_the_drafts_is_dropped() -> None:
    note = shape("Nobody came.")
    said = NoteShape(**{**note.model_dump(), "effect": "“The moon was a blue coin” slows it."})
    both = NoteShape(**{**note.model_dump(), "effect": "“The moon was a blue coin” slows it. It is calm."})
    assert checked(DRAFT, (0, len(DRAFT)), [said]) == ([], 1)
    ((kept,), dropped) = checked(DRAFT, (0, len(DRAFT)), [both])
    assert (kept.effect, dropped) == ("It is calm.", 0)


def test_notes_are_taken_from_all_parts_before_a_second_of_any() -> None:
    notes = [[Note(f"{part}{rank}", 1, "tense", "", "") for rank in range(3)] for part in "abc"]
    assert [one.quote for one in spread(notes, 5)] == ["a0", "b0", "c0", "a1", "b1"]


@given(st.text(max_size=600))
def test_whatever_is_offered_stands_in_the_text(text: str) -> None:
    assert all(sentence in text for sentence in sentences_of(text))
