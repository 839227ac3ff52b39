"""What a model wrote is made a summary, or is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chapters.shortening import SUMMARY_CHARACTERS, sentences_of, summary_of
from models.events import Finished, FinishReason

TOLD = ("Mara climbed the stairs. The lamp had gone out.", "Ben: Nobody came.")
SAID = "Mara climbs up and finds that the lamp is out."


def written(text: str, reason: FinishReason = FinishReason.STOP) -> str | None:
    return summary_of(Finished(text, reason, 10, 10.0), ["Ben"], TOLD)


@pytest.mark.parametrize(
    "text",
    [SAID, f"Summary: {SAID}", f"**Summary:** {SAID}", f"Here is a summary of the text: {SAID}", f"\n {SAID}\n\n[End]"],
)
def test_a_summary_is_kept_without_what_stands_around_it(text: str) -> None:
    assert written(text) == SAID


@pytest.mark.parametrize("text", ["", "   ", "Mara.", TOLD[0], "mara climbed the stairs; the LAMP had gone out"])
def test_too_little_or_a_copy_is_no_summary(text: str) -> None:
    assert written(text) is None


def test_of_passages_that_were_removed_nothing_is_made_up() -> None:
    assert summary_of(Finished(SAID, FinishReason.STOP, 10, 10.0), [], ["", ""]) is None
    assert sentences_of(["", ""]) == ""


def test_a_long_summary_ends_at_a_sentence() -> None:
    text = written(f"{SAID} " * 30)
    assert text is not None
    assert len(text) <= SUMMARY_CHARACTERS
    assert text.endswith("out.")


@given(st.lists(st.text(max_size=300), max_size=30))
def test_sentences_stand_for_a_text_within_the_same_room(texts: list[str]) -> None:
    assert len(sentences_of(texts)) <= SUMMARY_CHARACTERS


def test_sentences_are_the_first_of_each_passage() -> None:
    assert sentences_of(TOLD) == "Mara climbed the stairs. Ben: Nobody came."
