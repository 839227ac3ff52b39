from __future__ import annotations

import pytest

from bot.stories.prompts import labels
from bot.stories.story import Passage
from bot.stories.trimming import trim
from models.events import Finished, FinishReason
from tests.bot.stories.making import ANA, BEN, by, by_ai

PATH = [by(ANA, 1, "The door opened."), by_ai(2, "Nobody came in."), by(BEN, 3, "Then the lamp went out, all at once.")]


def trimmed(text: str, reason: FinishReason = FinishReason.STOP, path: list[Passage] = PATH) -> str:
    return trim(Finished(text, reason, new_tokens=10, device_ms=1.0), labels(path), path[-1].text if path else "")


def test_a_clean_passage_stays_as_it_is() -> None:
    assert trimmed("It was dark.\n\n“Hello?” she said.") == "It was dark.\n\n“Hello?” she said."


@pytest.mark.parametrize("label", ["Salon:", "**AI**:", "assistant: ", "Story :"])
def test_its_own_label_before_the_first_words_goes(label: str) -> None:
    assert trimmed(f"{label} It was dark.") == "It was dark."


def test_the_ai_never_writes_on_as_a_member() -> None:
    assert trimmed("It was dark.\nBen: I turn on the light.\nAna: No.") == "It was dark."


@pytest.mark.parametrize("turn", ["Ana: I think so.", "**ben**: No.", "Ana: Yes.\nBen : No.\n", "Ana:\nBen: So."])
def test_a_turn_that_it_begins_as_a_member_is_not_its_own(turn: str) -> None:
    assert trimmed(turn) == ""
    assert trimmed(f"{turn}\nSalon: It was dark.") == "It was dark."
    assert trimmed(f"{turn}\n\nIt was dark.\nAna: No.") == "It was dark."


def test_a_member_who_is_called_like_the_ai_is_not_written_for_either() -> None:
    assert trimmed("Narrator: I stay.", path=[Passage(1, 1, None, 1, "Narrator", "x", PATH[0].written_at)]) == ""
    assert trimmed("Salon: Ana: I stay.") == ""


def test_a_name_within_a_sentence_is_no_label() -> None:
    assert trimmed("She asked Ben: why now?") == "She asked Ben: why now?"


def test_a_name_with_marks_of_regular_expressions_is_a_name() -> None:
    path = [Passage(1, 1, None, 1, "A(n.a*+", "x", PATH[0].written_at)]
    assert trimmed("Dark.\nA(n.a*+: more", path=path) == "Dark."


def test_the_question_is_not_repeated() -> None:
    assert trimmed("[Continue with one paragraph.]\nIt was dark.") == "It was dark."
    assert trimmed("It was dark.\n\n[What happens next: rain]") == "It was dark."


def test_an_echo_of_the_passage_before_goes() -> None:
    assert trimmed("Then the lamp went out, all at once. It was dark.") == "It was dark."
    assert trimmed("the lamp went out, all at once. It was dark.") == "It was dark."


def test_a_few_words_in_common_are_no_echo() -> None:
    assert trimmed("all at once. So it was.") == "all at once. So it was."


def test_a_sentence_broken_off_by_the_limit_goes_if_most_remains() -> None:
    text = "It was dark and it was cold. “Who is there?” she asked the"
    assert trimmed(text, FinishReason.LENGTH) == "It was dark and it was cold. “Who is there?”"


def test_a_long_broken_sentence_ends_at_a_word_and_says_so() -> None:
    text = "Yes. And then there were so many things to tell, of which the fir"
    assert trimmed(text, FinishReason.LENGTH) == "Yes. And then there were so many things to tell, of which the…"


def test_a_whole_text_is_not_cut_where_the_model_stopped_by_itself() -> None:
    assert trimmed("It was dark. And cold") == "It was dark. And cold"


def test_an_open_code_fence_is_closed() -> None:
    assert trimmed("She typed:\n```\nopen door") == "She typed:\n```\nopen door\n```"


def test_nothing_is_longer_than_a_passage_may_be() -> None:
    assert len(trimmed("It rained. " * 1_000)) <= 4_000


@pytest.mark.parametrize("text", ["", " \n ", "Ana:", "[Continue with one paragraph.]", "\u200b\x00"])
def test_what_holds_no_words_of_its_own_is_empty(text: str) -> None:
    assert trimmed(text) == ""


def test_the_first_passage_of_a_story_has_no_one_to_echo() -> None:
    assert trimmed("Once upon a time.", path=[]) == "Once upon a time."
