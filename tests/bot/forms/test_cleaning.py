"""What a model says around a piece goes, and nothing of the piece itself."""

from __future__ import annotations

import pytest

from bot.forms.cleaning import piece_in
from bot.forms.form import form_of

HAIKU = "Snow on the mailbox.\nThe letter I never sent\nis warm in my coat."
JUEJU = "白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。"


@pytest.mark.parametrize(
    "said",
    [
        HAIKU,
        f"  {HAIKU}\n\n",
        f"Here is a haiku about snow:\n\n{HAIKU}",
        f"Sure! Here's one for you:\n{HAIKU}",
        f"**Snow**\n\n{HAIKU}",
        f"# Snow\n{HAIKU}",
        f"Salon: {HAIKU}",
        f"```\n{HAIKU}\n```",
        f"{HAIKU}\n\nI hope you like this haiku.",
        f"{HAIKU}\n\nThe moon on the waves\nlays a long road of silver.\nNobody walks it.",
        f"[Write a haiku about: snow]\n{HAIKU}",
    ],
)
def test_the_piece_is_found(said: str) -> None:
    assert piece_in(said, form_of("haiku")) == HAIKU


@pytest.mark.parametrize(
    "said", [JUEJU, f"《登鹳雀楼》\n{JUEJU}", f"《登鹳雀楼》 王之涣\n\n{JUEJU}\n\n这首诗写的是登高。"]
)
def test_the_piece_is_found_in_chinese_too(said: str) -> None:
    assert piece_in(said, form_of("jueju5")) == JUEJU


def test_stanzas_of_one_poem_stay_together() -> None:
    quatrains = "\n\n".join(["one\ntwo\nthree\nfour"] * 3 + ["five\nsix"])
    assert piece_in(quatrains, form_of("sonnet")) == quatrains


def test_headings_of_sections_and_a_line_of_here_is_stay() -> None:
    song = "[Verse]\nHere is the sea, and here\nis the shore.\n\n[Chorus]\nHey\nho"
    assert piece_in(song, form_of("lyrics")) == song


@pytest.mark.parametrize("said", ["", " \n", "\u200b", "```\n```"])
def test_nothing_stays_nothing(said: str) -> None:
    assert piece_in(said, form_of("haiku")) == ""
