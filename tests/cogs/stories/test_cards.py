"""What is told about stories."""

from __future__ import annotations

from bot.stories.answers import Context, Recap
from bot.stories.remembering import Summary
from cogs.stories.cards import SHORT_CHARACTERS, context_card, short_card
from models.engine import PartCount, PromptLayout
from models.requests import PromptPart, Role
from tests.bot.stories.making import a_story


def part(label: str, *, dropped: bool = False) -> PartCount:
    return PartCount(PromptPart(label, Role.USER, "words", droppable=True), 100, dropped)


def test_of_a_long_story_the_context_shows_what_is_read_and_counts_what_is_not() -> None:
    parts = (part("rules"), *(part(f"old {number}", dropped=True) for number in range(3_000)), part("Ada"))
    told = str(context_card(Context(PromptLayout("", 212, 4_096, parts), {})).description)
    assert told.splitlines() == [
        "`300000` 3000 older passages, left out as the window is full",
        "`  100` rules",
        "`  100` Ada",
        "`   12` the model's own marks around them",
    ]


def test_of_what_the_ai_is_reminded_of_the_context_says_why() -> None:
    card = part("lore: Mara")
    layout = PromptLayout("", 200, 4_096, (part("rules"), card))
    told = str(context_card(Context(layout, {card.part: "“Mara” is named"})).description)
    assert told.splitlines()[-1] == "`  100` lore: Mara · “Mara” is named"


def test_all_that_is_long_ago_is_told_within_the_room_beside_a_page() -> None:
    summaries = tuple(Summary(f"{'*' * 100}, passages {n} to {n}", "*Mara* fell. " * 80, n, n) for n in range(1, 17))
    told = short_card(Recap(a_story(), None, 16, (), summaries)).description or ""
    assert told.count("\n\n") == 15
    assert len(told) <= SHORT_CHARACTERS
    assert told.count("…") >= 16
