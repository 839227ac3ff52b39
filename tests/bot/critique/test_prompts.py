"""What a model is asked: where its window is too small for all of it, the least important gives way first."""

from __future__ import annotations

from bot.critique.ask import Ask, Reading
from bot.critique.critique import Note, Wish
from bot.critique.prompts import part_request, whole_request
from bot.jobs.asker import Asker

NOTES = tuple(Note(f"lamp {number}", 1, "tense", "It slows down.", "Why so?") for number in range(3))
READ = Reading(
    notes=(NOTES,),
    strengths=("A calm voice.",),
    issues=("Nothing is at stake.",),
    summary="The lamps are lit.",
    parts_read=1,
)
ASK = Ask(1, Wish(), Asker("Ada", None), (10, 20), READ)


def test_of_what_the_parts_came_to_the_first_notes_stay_longest() -> None:
    rules, *found, wanted = whole_request("whole", ASK, "Be kind.", 1, NOTES).parts
    assert not rules.droppable
    assert not wanted.droppable
    assert all(part.droppable for part in found)
    assert [part.text[:2] for part in found][2:] == ["3.", "2.", "1."]
    assert "A calm voice." in found[0].text
    assert "Nothing is at stake." in found[1].text


def test_of_a_part_what_came_before_it_may_give_way_and_the_draft_may_not() -> None:
    _, before, draft, _ = part_request("part", ASK, "Be kind.", "0123456789ABCDEFGHIJ", 1).parts
    assert "The lamps are lit." in before.text
    assert "ABCDEFGHIJ" in draft.text
    assert (before.droppable, draft.droppable) == (True, False)
