"""How a critique says who judged."""

from __future__ import annotations

from dataclasses import replace

from bot.critique.desk import critic
from tests.scripted import ScriptedEngine


def test_what_a_small_model_judges_is_said_to_mean_little() -> None:
    card = ScriptedEngine.card
    assert critic(card) == "scripted"
    assert critic(replace(card, is_small=True)) == "scripted, a small model to try Salon with: its notes mean little"
