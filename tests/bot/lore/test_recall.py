"""The AI is reminded of what matters now, within its budget, and members can read why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.lore import matching, rules
from bot.lore.card import NewCard, Standing, Typed, Wording
from bot.lore.matching import words_of
from bot.lore.nearness import NEW_MAX
from bot.lore.recall import RECENT_CHARACTERS, recent_texts, tokens_in
from models.errors import ModelFault
from models.meaning import Vectors
from tests.bot.lore.library import Library
from tests.bot.stories.making import ANA, CHANNEL, NOON, SERVER, by, by_ai, removed
from tests.meanings import BagOfWords


class Broken:
    async def embed(self, texts: Sequence[str]) -> Vectors:
        raise ModelFault("no encoder")


async def told(library: Library) -> list[tuple[str, str]]:
    return [(reminder.label, reminder.why) for reminder in await library.reminders()]


async def test_a_card_whose_key_is_named_is_told_with_the_passage_that_names_it(library: Library) -> None:
    await library.started("The lamp went out.", "Then it was quiet.")
    await library.knows("The light", "beacon, LAMP", "It never burns again.")
    await library.knows("Mara", "Mara", "Mara limps.")
    (reminder,) = await library.reminders()
    assert (reminder.label, reminder.text) == ("The light", "The light. It never burns again.")
    assert reminder.why == "“LAMP” is named in passage 1"


async def test_a_card_is_told_for_its_meaning_where_no_key_is_named(library: Library) -> None:
    await library.started("Quiet.", "She drank the bitter almond milk and slept.")
    await library.knows("Poison", "venom", "The bitter almond milk kills.")
    assert await told(library) == [("Poison", "close in meaning to passage 2 (0.58)")]
    assert await library.reminders(library.recall_by(None)) == []


async def test_what_always_matters_comes_first_then_by_priority_and_named_before_near(library: Library) -> None:
    await library.started("The lamp and the boat. The bitter almond milk.")
    await library.knows("Low", "lamp", "One.", priority="low")
    await library.knows("Near", "venom", "The bitter almond milk and the boat.")
    await library.knows("Named", "boat", "Two.")
    await library.knows("High", "lamp", "Three.", priority="high")
    await library.knows("Always", "nothing", "Four.", priority="always")
    assert [label for label, _ in await told(library)] == ["Always", "High", "Named", "Near", "Low"]
    assert (await told(library))[0] == ("Always", "always")


async def test_a_card_that_is_named_and_near_is_told_once(library: Library) -> None:
    await library.started("The lamp is dark.", "The lamp is dark.")
    await library.knows("The lamp", "lamp, dark", "The lamp is dark.")
    assert await told(library) == [("The lamp", "“lamp” is named in passage 2")]


@pytest.mark.parametrize(
    ("names", "text"),
    [("Mara", "S. Only Mara knows: It burned."), ("Mara, Pim, Tobin", "S. Only Mara, Pim and Tobin know: It burned.")],
)
async def test_who_knows_it_is_told_in_words(library: Library, names: str, text: str) -> None:
    await library.started("The lamp.")
    await library.knows("S", "lamp", "It burned.", known_by=names)
    assert [reminder.text for reminder in await library.reminders()] == [text]


async def test_cards_share_a_budget_and_a_small_one_may_fit_where_a_large_did_not(library: Library) -> None:
    await library.started("The lamp.")
    budget = library.engine.card.window_tokens // 8
    await library.knows("A", "lamp", "x" * 450, priority="high")
    await library.knows("B", "lamp", "x" * 500)
    await library.knows("C", "lamp", "small", priority="low")
    reminders = await library.reminders()
    assert [reminder.label for reminder in reminders] == ["A", "C"]
    assert sum(tokens_in(reminder.text) for reminder in reminders) <= budget
    standing = await library.lore.standing(ANA, CHANNEL)
    assert [(one.card.title, one.has_room) for one in standing] == [("A", True), ("B", False), ("C", True)]
    assert all(one.why for one in standing)


async def test_without_a_key_or_nearness_a_card_stays_quiet_and_is_listed(library: Library) -> None:
    await library.started("Quiet.")
    card = await library.knows()
    assert await library.lore.standing(ANA, CHANNEL) == [Standing(card)]
    assert await library.reminders() == []


async def test_an_encoder_that_fails_leaves_the_keys(library: Library) -> None:
    await library.started("The lamp.")
    await library.knows("The lamp", "lamp")
    assert [reminder.label for reminder in await library.reminders(library.recall_by(Broken()))] == ["The lamp"]


async def test_a_card_is_placed_in_meaning_once_until_it_is_changed(library: Library) -> None:
    await library.started("The boat.")
    for number in range(40):
        await library.knows(f"Card {number}", "nothing", f"Fact {number}.")
    await library.reminders()
    assert len([text for text in library.meaning.seen if "Fact" in text]) == NEW_MAX
    await library.reminders()
    library.meaning.seen.clear()
    await library.reminders()
    assert library.meaning.seen == ["The boat."]
    card = (await library.lore.of_story(ANA, CHANNEL))[0]
    await library.cards.rewrite(card, card.wording, ANA.id, card.added_at)
    await library.reminders()
    assert library.meaning.seen[1:] == ["The boat.", "Card 0. Fact 0."]


async def test_a_card_that_is_changed_while_it_is_placed_is_placed_anew(library: Library) -> None:
    class Slow(BagOfWords):
        async def embed(self, texts: Sequence[str]) -> Vectors:
            if texts == ["The lamp. It is dark."]:
                await library.lore.edit(ANA, CHANNEL, card.id, Typed("The lamp", "lamp", "It burns."))
            return await super().embed(texts)

    await library.started("Quiet.")
    card = await library.knows("The lamp", "lamp", "It is dark.")
    slow = Slow()
    await library.reminders(library.recall_by(slow))
    await library.reminders(library.recall_by(slow))
    assert [text for text in slow.seen if "lamp" in text] == ["The lamp. It is dark.", "The lamp. It burns."]


async def test_three_hundred_cards_read_the_passages_once_and_no_key_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(text: str) -> list[str]:
        read.append(text)
        return words_of(text)

    story = await library.started("The lamp.", "Rain.")
    for number in range(rules.CARDS_PER_STORY_MAX):
        wording = Wording(f"Card {number}", tuple(f"key {number} {each}" for each in range(3)), "Fact.")
        await library.cards.append(story.id, SERVER, NewCard(wording), ANA.id, NOON)
    await library.reminders(library.recall_by(None))
    monkeypatch.setattr(matching, "words_of", counted)
    await library.reminders(library.recall_by(None))
    assert read == ["The lamp.", "Rain."]


def test_keys_are_looked_for_in_the_end_of_the_story_with_the_numbers_people_count() -> None:
    path = [by(ANA, 7, "old " * 1_000), by_ai(8, "x" * (RECENT_CHARACTERS - 8)), removed(9), by(ANA, 12, "new")]
    recent = recent_texts(path)
    assert [(number, len(text)) for number, text in recent] == [(1, 5), (2, RECENT_CHARACTERS - 8), (4, 3)]
