"""What pickers offer."""

from __future__ import annotations

import pytest

from cogs.choices import first_words, id_in, passage_choices, shortened, story_choices
from tests.cogs.conftest import passage, story


def test_a_choice_carries_an_id_that_no_title_can_be() -> None:
    (choice,) = story_choices([story(title="1984")])
    assert (choice.name, id_in(choice.value), id_in("1984")) == ("1984", 1, None)


@pytest.mark.parametrize("typed", ["", "#", "#x", "#²", "12", "#-1", "# 1"])
def test_what_is_no_id_is_not_taken_for_one(typed: str) -> None:
    assert id_in(typed) is None


def test_passages_are_offered_newest_first_and_removed_ones_not() -> None:
    passages = [passage(1, "Rain."), passage(2, "No rain.", by_ai=True), passage(3, "[removed]", removed=True)]
    assert [choice.name for choice in passage_choices(passages, "RAIN")] == ["AI: No rain.", "Ada: Rain."]


def test_a_long_passage_is_offered_by_its_first_words() -> None:
    offered = first_words(passage(1, "It rained\n\nand rained. " * 20))
    assert offered.startswith("Ada: It rained and rained.")
    assert len(offered) <= 100


def test_text_is_cut_at_a_word_where_there_is_one() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("unbroken", 5) == "unbr…"
    assert shortened("short", 5) == "short"
