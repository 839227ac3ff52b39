"""Cards are read by everyone, written by those in the story, and nothing they said is lost."""

from __future__ import annotations

import pytest

from bot.lore import rules
from bot.lore.card import Typed
from bot.people import Channel
from tests.bot.lore.library import Library
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, NOON, SERVER


async def test_those_in_the_story_add_cards_and_everyone_reads_them(library: Library) -> None:
    await library.started("One.")
    with refused("stories.not_in_story"):
        await library.knows(by=BEN)
    card = await library.knows("The lamp", "lamp, light", "Nobody has lit it.", known_by="Mara")
    assert await library.lore.of_story(CEM, CHANNEL) == [card]
    assert (card.wording.keys, card.wording.known_by, card.added_by) == (("lamp", "light"), ("Mara",), ANA.id)


async def test_titles_are_kept_apart_and_cards_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    await library.started("One.")
    await library.knows("The lamp")
    with refused("lore.title_taken"):
        await library.knows("the  LAMP")
    monkeypatch.setattr(rules, "CARDS_PER_STORY_MAX", 1)
    with refused("lore.too_many"):
        await library.knows("Mara")


async def test_a_card_is_changed_by_who_added_it_the_host_and_admins(library: Library) -> None:
    await library.started("One.")
    await library.stories.add(BEN, CHANNEL, "Two.")
    await library.stories.add(CEM, CHANNEL, "Three.")
    card = await library.knows("The lamp", by=BEN)
    with refused("lore.not_yours"):
        await library.lore.edit(CEM, CHANNEL, card.id, Typed("The lamp", "lamp", "It burns."))
    with refused("lore.not_yours"):
        await library.lore.remove(CEM, CHANNEL, "The lamp")
    for member in (BEN, ANA, ADMIN):
        edited = await library.lore.edit(member, CHANNEL, card.id, Typed("The lamp", "lamp", f"{member.name} saw it."))
        assert edited.card.wording.text == f"{member.name} saw it."
        assert edited.card.added_by == BEN.id


async def test_a_change_can_be_taken_back(library: Library) -> None:
    await library.started("One.")
    card = await library.knows("The lamp", "lamp", "It is dark.")
    edited = await library.lore.edit(ANA, CHANNEL, card.id, Typed("The light", "light", "It burns.", "Mara"))
    back = await library.lore.take_back_edit(ANA, CHANNEL, card.id, edited.version_id)
    assert back.card == card
    again = await library.lore.take_back_edit(ANA, CHANNEL, card.id, back.version_id)
    assert again.card == edited.card
    other = await library.knows("Mara")
    with refused("lore.gone"):
        await library.lore.take_back_edit(ANA, CHANNEL, other.id, back.version_id)


async def test_a_removed_card_is_put_back_unless_its_title_is_taken_meanwhile(library: Library) -> None:
    await library.started("One.")
    card = await library.lore.remove(ANA, CHANNEL, (await library.knows("The lamp")).title)
    assert await library.titles() == []
    with refused("lore.unknown"):
        await library.lore.remove(ANA, CHANNEL, "The lamp")
    await library.knows("The Lamp")
    with refused("lore.title_taken"):
        await library.lore.put_back(ANA, CHANNEL, card.id)
    await library.lore.remove(ANA, CHANNEL, "The Lamp")
    await library.lore.put_back(ANA, CHANNEL, card.id)
    assert await library.titles() == ["The lamp"]
    with refused("lore.is_kept"):
        await library.lore.put_back(ANA, CHANNEL, card.id)


async def test_a_card_stays_in_its_channel(library: Library) -> None:
    await library.started("One.")
    card = await library.knows()
    with refused("stories.lives_elsewhere"):
        await library.lore.edit(ANA, Channel(11, SERVER), card.id, Typed("The lamp", "lamp", "It burns."))


async def test_what_a_member_added_and_changed_is_told_and_forgotten(library: Library) -> None:
    await library.started("One.")
    await library.stories.add(BEN, CHANNEL, "Two.")
    hers = await library.knows("The lamp")
    await library.knows("Mara", by=BEN)
    await library.lore.edit(ADMIN, CHANNEL, hers.id, Typed("The lamp", "lamp", "It burns."))
    told = await library.cards.export(BEN.id, SERVER)
    assert [(card["title"], card["added_at"]) for card in told["lore_cards"]] == [("Mara", NOON.isoformat())]
    assert len((await library.cards.export(ADMIN.id))["lore_changes"]) == 1
    (before,) = (await library.cards.export(ANA.id))["lore_earlier_versions"]
    assert (before["card_id"], before["text"]) == (hers.id, "It is dark.")
    await library.cards.forget(BEN.id, 2)
    await library.cards.forget(BEN.id, SERVER)
    await library.cards.forget(ADMIN.id, SERVER)
    assert await library.titles() == ["The lamp"]
    assert (await library.cards.export(ADMIN.id))["lore_changes"] == []
    await library.cards.forget(ANA.id, None)
    assert await library.titles() == []
