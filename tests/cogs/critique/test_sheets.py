"""Notes on a picture fit one message, whatever a model says."""

from __future__ import annotations

import pytest

from bot.picture_critique.ask import Remark, Remarks
from cogs.critique.sheets import notes_of
from cogs.shown import DESCRIPTION_CHARACTERS

NOTE = Remark("lower left", "focal point", "*" * 200, "_" * 200)


@pytest.mark.parametrize(
    "remarks", [Remarks("tiny", "*" * 240, "_" * 240, (NOTE,) * 5), Remarks("tiny", plain="word " * 1_000)]
)
def test_notes_of_any_length_fit_one_frame(remarks: Remarks) -> None:
    notice = notes_of(remarks).notice
    assert len(notice) <= DESCRIPTION_CHARACTERS
    assert notice.endswith("…")


def test_a_note_says_its_kind_its_place_and_both_of_its_sentences() -> None:
    notice = notes_of(
        Remarks("tiny", "Calm.", "Empty.", (Remark("lower left", "focal point", "Bare.", "Why?"),))
    ).notice
    assert notice == (
        "**What works**\nCalm.\n\n**The biggest issue**\nEmpty.\n\n**Focal point** · lower left\nBare.\n→ Why?"
    )
