"""The AI proposes cards from what was written; nothing enters by itself, and no proposal without a true quote."""

from __future__ import annotations

from bot.lore.card import CardState, NewCard, Typed, Wording
from bot.lore.offering import Ground, Read
from bot.lore.proposing import KNOWN_TOKENS
from bot.lore.recall import tokens_in
from bot.lore.rules import CARDS_PER_STORY_MAX
from bot.policy import AiPolicy
from tests.bot.lore.library import Library, a_proposal
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE
from tests.bot.stories.making import ANA, BEN, CHANNEL, NOON, SERVER

LAMP = "Nobody has lit the lamp since the keeper drowned."
MARA = "Mara walked with a limp."


async def test_a_proposal_waits_with_the_words_it_rests_on(library: Library) -> None:
    await library.started("Rain.", LAMP)
    job = await library.proposed(a_proposal("nobody has lit the LAMP since the keeper drowned"))
    offer = await library.lore.offer(job)
    (card,) = offer.cards
    assert (card.state, card.model, card.wording.keys) == (CardState.PROPOSED, "scripted", ("lamp",))
    assert offer.grounds == {card.id: Ground(2, "Ana", LAMP[:-1])}
    assert Read.of(job) == Read("The Lighthouse", 1, 2)
    assert await library.titles() == []
    assert await library.reminders() == []


async def test_a_proposal_whose_quote_is_invented_is_dropped_and_counted(library: Library) -> None:
    await library.started(LAMP)
    job = await library.proposed(a_proposal("The moon was made of glass that night."), a_proposal(LAMP, "The keeper"))
    offer = await library.lore.offer(job)
    assert ([card.title for card in offer.cards], offer.untrue, offer.unfit) == (["The keeper"], 1, 0)


async def test_keys_that_are_patterns_are_left_out_and_a_title_that_is_none_is_no_card(library: Library) -> None:
    await library.started(LAMP)
    job = await library.proposed(
        a_proposal(LAMP, "The lamp", keys=["(a+)+$", "lamp"]),
        a_proposal(LAMP, "Keeper", keys=["(a+)+$"]),
        a_proposal(LAMP, "...", keys=["x"]),
    )
    offer = await library.lore.offer(job)
    assert [card.wording.keys for card in offer.cards] == [("lamp",), ("Keeper",)]
    assert (offer.untrue, offer.unfit) == (0, 1)


async def test_what_is_known_or_was_declined_is_not_offered_again(library: Library) -> None:
    await library.started(LAMP)
    await library.knows("The lamp", "lamp, light", "It is dark.")
    await library.knows("Boat", "boat", "The little boat sank one night near the old island rocks.")
    first = await library.proposed(a_proposal(LAMP, "Keeper"))
    await library.lore.decline(ANA, CHANNEL, (await library.lore.offer(first)).cards[0].id)
    again = await library.proposed(
        a_proposal(LAMP, "The LAMP", keys=["glow"]),
        a_proposal(LAMP, "Light", keys=["lamp"]),
        a_proposal(LAMP, "Wreck", keys=["wreck"], text="One night the little boat sank near the old island rocks."),
        a_proposal(LAMP, "keeper", keys=["warden"]),
    )
    assert (await library.lore.offer(again)).cards == ()
    assert library.engine.texts[1].parts[2].text == "[Noted already, leave it out: The lamp; Keeper.]"


async def test_hundreds_of_known_titles_take_no_more_than_their_room(library: Library) -> None:
    story = await library.started(LAMP)
    for number in range(CARDS_PER_STORY_MAX):
        wording = Wording(f"The lamp of the keeper, lit in the year of the flood {number}", ("lamp",), "It is dark.")
        await library.cards.append(story.id, SERVER, NewCard(wording), ANA.id, NOON)
    await library.proposed()
    known = library.engine.texts[0].parts[2].text
    assert known.startswith("[Noted already")
    assert tokens_in(known) < KNOWN_TOKENS + 50


async def test_a_title_that_an_answer_has_twice_is_offered_once(library: Library) -> None:
    await library.started(f"{LAMP} {MARA}")
    job = await library.proposed(a_proposal(LAMP, "Lamp"), a_proposal(MARA, "Mara"), a_proposal(LAMP, "LAMP"))
    assert [card.title for card in (await library.lore.offer(job)).cards] == ["Lamp", "Mara"]


async def test_a_member_accepts_as_it_is_or_in_her_words_or_declines(library: Library) -> None:
    await library.started(f"{LAMP} {MARA} The boat was red.")
    job = await library.proposed(
        a_proposal(LAMP, "The lamp"), a_proposal(MARA, "Mara"), a_proposal("The boat was red.", "Boat")
    )
    lamp, mara, boat = (await library.lore.offer(job)).cards
    with refused("stories.not_in_story"):
        await library.lore.accept(BEN, CHANNEL, lamp.id)
    await library.stories.add(BEN, CHANNEL, "Two.")
    accepted = await library.lore.accept(BEN, CHANNEL, lamp.id)
    assert (accepted.added_by, accepted.model) == (BEN.id, "scripted")
    with refused("lore.bad_key"):
        await library.lore.accept(ANA, CHANNEL, mara.id, Typed("Mara", "(a+)+$", "She limps."))
    await library.lore.accept(ANA, CHANNEL, mara.id, Typed("Mara", "Mara", "She limps.", "Tobin"))
    await library.lore.decline(ANA, CHANNEL, boat.id)
    for decided, state in ((lamp, "kept"), (boat, "declined")):
        with refused(f"lore.is_{state}"):
            await library.lore.accept(ANA, CHANNEL, decided.id)
    assert await library.titles() == ["Mara", "The lamp"]
    assert (await library.lore.offer(job)).next is None


async def test_accepting_keeps_titles_apart(library: Library) -> None:
    await library.started(LAMP)
    job = await library.proposed(a_proposal(LAMP))
    await library.knows("The lamp")
    (card,) = (await library.lore.offer(job)).cards
    with refused("lore.title_taken"):
        await library.lore.accept(ANA, CHANNEL, card.id)
    assert (await library.lore.accept(ANA, CHANNEL, card.id, Typed("The old lamp", "lamp", "Dark."))).title


async def test_only_what_is_new_is_read_and_without_that_the_end_again(library: Library) -> None:
    await library.started("Rain.", LAMP)
    assert await library.lore.unread(ANA, CHANNEL) == 2
    await library.proposed()
    assert await library.lore.unread(ANA, CHANNEL) == 0
    await library.stories.add(ANA, CHANNEL, MARA)
    assert Read.of(await library.proposed()) == Read("The Lighthouse", 3, 3)
    assert library.engine.texts[1].parts[1].text == f"Ana: {MARA}"
    assert Read.of(await library.proposed()) == Read("The Lighthouse", 1, 3)


async def test_people_only_channels_and_empty_stories_are_not_read(library: Library) -> None:
    await library.started()
    with refused("lore.nothing_written"):
        await library.lore.propose(ANA, CHANNEL, HERE)
    await library.stories.add(ANA, CHANNEL, LAMP)
    await library.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await library.lore.propose(ANA, CHANNEL, HERE)


async def test_neither_job_nor_card_keeps_the_words_of_a_passage(library: Library) -> None:
    await library.started("Rain.")
    await library.stories.add(BEN, CHANNEL, LAMP)
    job = await library.proposed(a_proposal(LAMP, text="It stays dark."))
    for table in ("jobs", "lore_cards"):
        for row in await library.database.fetch_all(f"SELECT * FROM {table}"):
            assert "Nobody has lit" not in str(tuple(row))
    await library.store.forget(BEN.id, SERVER)
    assert (await library.lore.offer(job)).grounds == {}


async def test_an_answer_without_structure_is_told_as_text(library: Library) -> None:
    await library.started(LAMP)
    library.engine.enqueue(["The lamp"])
    library.engine.enqueue(["matters."])
    job = await library.ended(await library.lore.propose(ANA, CHANNEL, HERE))
    offer = await library.lore.offer(job)
    assert (offer.cards, offer.text.endswith("matters.")) == ((), True)
    assert await library.lore.unread(ANA, CHANNEL) == 1
