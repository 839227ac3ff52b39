"""What of a prompt survives a turn."""

from __future__ import annotations

from bench.memory import survives
from models.engine import PartCount, PromptLayout
from models.requests import PromptPart, Role


def laid_out(*parts: tuple[str, int, bool]) -> PromptLayout:
    counts = tuple(PartCount(PromptPart(text, Role.USER, text), tokens, dropped) for text, tokens, dropped in parts)
    return PromptLayout("", 0, 4_096, counts)


RULES, FIRST, SECOND, NOTE = ("rules", 50, False), ("first", 100, False), ("second", 100, False), ("note", 50, False)


def test_what_stands_before_the_first_change_survives() -> None:
    before, after = laid_out(RULES, FIRST, NOTE), laid_out(RULES, FIRST, SECOND, NOTE)
    assert survives(before, after) == 150 / 300
    assert survives(after, after) == 1


def test_where_the_beginning_gives_way_only_what_stands_before_it_survives() -> None:
    after = laid_out(RULES, ("first", 100, True), SECOND)
    assert survives(laid_out(RULES, FIRST, SECOND), after) == 50 / 150
