"""Critiques as members see them: quotes stand as they are, and everything fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.critique.critique import Critique, Findings, Mode, Note, Wish
from bot.critique.modes import ways
from bot.delivery.draft import final_pages
from bot.words import keys
from cogs.critique.controls import MODES
from cogs.critique.show import body_of, draft_of, shared_draft
from cogs.shown import DESCRIPTION_CHARACTERS


def a_critique(*notes: Note, mode: Mode = Mode.CRAFT, plain: str = "") -> Critique:
    findings = Findings("A *calm* voice.", "Nothing is at stake.", notes, dropped=2, larger=1, plain=plain)
    return Critique(1, 7, 70, 1, 1, 1, Wish(mode), "The lamp", findings, 3, False, "scripted", datetime.now(UTC))


def a_note(quote: str) -> Note:
    return Note(quote, 2, "purple prose", "It is *much*.", "Could it be less?")


def test_a_note_names_its_kind_and_place_above_its_quote() -> None:
    body = body_of(a_critique(a_note("the lamp\nwas lit")))
    assert "**purple prose** · ¶ 2\n> the lamp\n> was lit\nIt is \\*much\\*.\n→ Could it be less?" in body
    assert body.startswith("**What works**\nA \\*calm\\* voice.\n\n**The biggest issue**\nNothing is at stake.")
    assert body.endswith("¶ 3: it is longer than Salon reads at once.")


def test_what_only_says_the_kind_once_more_is_left_out() -> None:
    echo = replace(a_note("the lamp"), effect="Exposition.", advice="Who saw it?", kind="exposition")
    assert body_of(a_critique(echo)).count("xposition") == 1
    assert "→ Who saw it?" in body_of(a_critique(echo))


def test_it_is_said_what_was_read_also_where_that_is_all() -> None:
    whole = replace(a_critique(a_note("the lamp")), is_whole=True)
    assert body_of(whole).endswith("All of the draft was read, to its end in ¶ 3.")


def test_marks_in_a_quote_are_shown_and_not_followed() -> None:
    body = body_of(a_critique(a_note("[here](https://example.org) @everyone **now**")))
    assert "> \\[here](https://example.org)" in body
    assert "@everyone" not in body


def test_a_critique_fits_one_message_and_where_it_does_not_nothing_is_lost() -> None:
    five = a_critique(*(a_note("x" * 140) for _ in range(5)))
    assert len(final_pages(draft_of(five))) == 1
    long = a_critique(plain="word " * 1_500)
    pages = final_pages(draft_of(long))
    assert sum(page.content.count("word") for page in pages) == 1_500
    assert all(page.credit for page in pages)
    assert all(len(page.notice) <= DESCRIPTION_CHARACTERS for page in pages)


def test_a_line_edit_is_a_diff() -> None:
    edit = Note("It were ``` late.", 1, "edit", "", "It was late.")
    body = body_of(a_critique(edit, mode=Mode.LINE))
    assert "```diff\n@@ ¶ 1 @@\n- It were ''' late.\n+ It was late.\n```" in body


def test_a_line_edit_that_does_not_fit_comes_as_a_file_too() -> None:
    edits = [
        Note(f"It were late on day {number}.", 1, "edit", "", f"It was late on day {number}.") for number in range(200)
    ]
    for draft in (
        draft_of(a_critique(*edits, mode=Mode.LINE)),
        shared_draft(a_critique(*edits, mode=Mode.LINE), "Ada"),
    ):
        (page,) = final_pages(draft)
        (file,) = page.files
        assert file.content.decode().splitlines()[-1] == "+ It was late on day 199."
    assert draft_of(a_critique(edits[0], mode=Mode.LINE)).files == ()


def test_a_shared_critique_says_whose_draft_it_is_about_and_has_no_buttons() -> None:
    shared = shared_draft(a_critique(a_note("the lamp")), "Ada_")
    assert "**Ada\\_** shares a critique" in shared.text
    assert shared.view is None
    assert "> the lamp" in shared.notice


def test_every_kind_of_note_has_words_and_every_mode_its_number() -> None:
    kinds = {kind for way in ways().values() for kind in way.kinds}
    assert {f"critique.kind_{kind.replace(' ', '_')}" for kind in kinds} <= keys()
    assert set(ways()) == set(Mode) - {Mode.LINE}
    assert MODES == (Mode.CRAFT, Mode.READER, Mode.QUESTIONS, Mode.CONTINUITY, Mode.LINE)


def test_the_beginning_of_a_long_draft_ends_with_a_word() -> None:
    critique = replace(a_critique(), begins="The clock of Vell was late. " * 3)
    assert "Vell was…" in shared_draft(replace(critique, begins=critique.begins[:80]), "Ana").text
