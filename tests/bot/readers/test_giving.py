"""Critiques: what is enough, what they earn, who reads them, and what stays when somebody leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.people import Member
from bot.readers.draft import Taking
from bot.readers.rules import CRITIQUE_MAX
from tests.bot.readers.circle import CRITIQUE, DRAFT, Circle
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, SERVER


async def given(circle: Circle, **values: Any) -> Taking:
    """Let Ben write about a draft of Ana's."""
    await circle.offered(ANA, **values)
    await circle.taken(BEN)
    return await circle.readers.give(BEN, CRITIQUE)


async def test_a_critique_earns_a_credit_and_takes_the_draft_out_of_the_line(circle: Circle) -> None:
    taking = await given(circle)
    assert (taking.critique, taking.words) == (CRITIQUE.strip(), 160)
    assert (await circle.has(ANA), await circle.has(BEN)) == (0, 2)
    circle.passes(days=30)
    assert await circle.line() == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Very good. " * 74, "readers.short_critique"),
        ("词" * 149, "readers.short_critique"),
        ("…" * 500, "readers.short_critique"),
        ("", "safety.empty"),
        ("word " * CRITIQUE_MAX, "readers.long_critique"),
    ],
)
async def test_what_is_no_critique_is_refused_and_earns_nothing(circle: Circle, text: str, key: str) -> None:
    await circle.offered(ANA)
    held = await circle.taken(BEN)
    with refused(key):
        await circle.readers.give(BEN, text)
    assert await circle.readers.held(BEN) == held
    assert await circle.has(BEN) == 1


async def test_150_words_are_enough_in_any_script(circle: Circle) -> None:
    for author, reader, text in ((ANA, BEN, "word " * 150), (BEN, ANA, "词" * 150)):
        await circle.offered(author)
        await circle.taken(reader)
        await circle.readers.give(reader, text)
    assert (await circle.has(ANA), await circle.has(BEN)) == (1, 1)


async def test_only_who_has_taken_it_gives_a_critique_and_only_once(circle: Circle) -> None:
    await circle.offered(ANA)
    taking = await circle.taken(BEN)
    for member in (ANA, CEM):
        with refused("readers.holds_nothing"):
            await circle.readers.give(member, CRITIQUE, taking.id)
    await circle.readers.give(BEN, CRITIQUE, taking.id)
    with refused("readers.holds_nothing"):
        await circle.readers.give(BEN, CRITIQUE, taking.id)
    assert await circle.has(BEN) == 2


async def test_an_old_form_does_not_give_its_critique_to_another_draft(circle: Circle) -> None:
    await circle.offered(ANA, "One")
    first = await circle.taken(BEN)
    await circle.readers.release(BEN, first.id)
    await circle.offered(CEM, "Two")
    await circle.taken(BEN)
    with refused("readers.holds_nothing"):
        await circle.readers.give(BEN, CRITIQUE, first.id)


async def test_a_critique_is_read_by_the_author_and_its_reader(circle: Circle) -> None:
    taking = await given(circle)
    assert await circle.readers.critique(ANA, taking.id) == await circle.readers.critique(BEN, taking.id) == taking
    for member in (CEM, ADMIN):
        with refused("readers.not_your_critique"):
            await circle.readers.critique(member, taking.id)
    with refused("readers.no_critique"):
        await circle.readers.critique(replace(ANA, server_id=2), taking.id)


async def test_a_critique_of_what_was_offered_so_is_read_by_everyone(circle: Circle) -> None:
    taking = await given(circle, is_public=True)
    assert (await circle.readers.critique(CEM, taking.id)).critique == CRITIQUE.strip()


async def test_before_it_is_given_there_is_no_critique(circle: Circle) -> None:
    await circle.offered(ANA)
    taking = await circle.taken(BEN)
    for read in (circle.readers.critique, circle.readers.thank):
        with refused("readers.no_critique"):
            await read(ANA, taking.id)


async def test_the_author_marks_it_as_helpful_once(circle: Circle) -> None:
    taking = await given(circle, is_public=True)
    with refused("readers.only_author_thanks"):
        await circle.readers.thank(CEM, taking.id)
    assert (await circle.readers.thank(ANA, taking.id)).helpful_at == circle.now
    with refused("readers.thanked_before"):
        await circle.readers.thank(ANA, taking.id)
    assert await circle.has(BEN) == 2


async def test_what_helps_earns_what_the_admins_say(circle: Circle) -> None:
    await circle.ledger.change_prices(ADMIN, {"helpful": 2, "giving": 3})
    await circle.readers.thank(ANA, (await given(circle)).id)
    assert await circle.has(BEN) == 6


async def test_an_author_is_told_once_of_each_critique(circle: Circle) -> None:
    taking = await given(circle)
    assert await circle.readers.untold() == [taking]
    await circle.readers.mark_told(taking)
    assert await circle.readers.untold() == []


async def test_of_a_critique_that_is_not_there_any_more_nobody_is_told(circle: Circle) -> None:
    await given(circle)
    await circle.store.forget(BEN.id, SERVER)
    assert await circle.readers.untold() == []


async def test_a_critique_that_all_might_read_is_its_readers_once_the_author_is_forgotten(circle: Circle) -> None:
    taking = await given(circle, is_public=True)
    await forgotten(circle, ANA)
    assert (await circle.readers.critique(BEN, taking.id)).critique == CRITIQUE.strip()
    with refused("readers.not_your_critique"):
        await circle.readers.critique(CEM, taking.id)


async def test_when_the_reader_is_forgotten_the_draft_waits_again(circle: Circle) -> None:
    await circle.offered(ANA)
    await circle.taken(BEN)
    await circle.store.forget(BEN.id, 2)
    assert await circle.line() == []
    await circle.store.forget(BEN.id, SERVER)
    assert (await circle.taken(CEM)).draft.title == "The Lighthouse"


async def test_when_the_author_is_forgotten_the_reader_still_earns_what_was_agreed(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    await circle.taken(BEN)
    await forgotten(circle, ANA)
    with refused("readers.text_gone"):
        await circle.readers.text(BEN, draft)
    taking = await circle.readers.give(BEN, CRITIQUE)
    assert (taking.draft.author_id, taking.draft.title) == (None, "[removed]")
    assert await circle.has(BEN) == 2
    assert await circle.readers.untold() == []


async def test_a_forgotten_authors_draft_leaves_the_line_also_when_its_readers_time_is_up(circle: Circle) -> None:
    await circle.offered(ANA)
    await circle.taken(BEN)
    await forgotten(circle, ANA)
    circle.passes(hours=72)
    assert await circle.line() == []


async def test_after_forgetting_nothing_of_a_member_is_left_and_the_others_keep_theirs(circle: Circle) -> None:
    taking = await given(circle, wish="Is Ana's end earned?", warning="Ana's warning")
    await circle.offered(BEN, "Ben's secret", text="Ben's secret draft of seven words.")
    await forgotten(circle, BEN)
    tables = ("reader_drafts", "reader_takings", "credits")
    rows = [row for table in tables for row in await circle.database.fetch_all(f"SELECT * FROM {table}")]
    assert not [row for row in rows if BEN.id in tuple(row) or "Ben" in str(tuple(row))]
    left = await circle.readers.critique(ANA, taking.id)
    assert (left.critique, left.reader_name) == ("[removed]", "[removed]")
    await circle.readers.thank(ANA, taking.id)
    assert (await circle.readers.desk(ANA)).drafts[0].wish == "Is Ana's end earned?"


async def test_a_member_is_told_what_she_offered_took_and_gave_and_nothing_of_others(circle: Circle) -> None:
    taking = await given(circle)
    (told,) = (await circle.store.export(ANA.id, SERVER))["drafts_offered"]
    assert (told["title"], told["text"], told["outcome"]) == ("The Lighthouse", DRAFT, "critiqued")
    hers = await circle.store.export(ANA.id)
    his = await circle.store.export(BEN.id)
    assert hers["drafts_taken"] == his["drafts_offered"] == []
    (told,) = his["drafts_taken"]
    assert (told["critique"], told["taken_at"], told["helpful_at"]) == (
        CRITIQUE.strip(),
        taking.taken_at.isoformat(),
        None,
    )
    assert await circle.store.export(BEN.id, 2) == {"drafts_offered": [], "drafts_taken": []}


async def forgotten(circle: Circle, member: Member) -> None:
    """Forget a member as `/privacy forget` does: in both stores."""
    for store in (circle.store, circle.ledger_store):
        await store.forget(member.id, member.server_id)


async def test_the_channel_is_where_the_author_is_told(circle: Circle) -> None:
    assert (await given(circle)).draft.channel_id == CHANNEL.id


async def test_who_reads_nothing_is_told_how_to_take_a_draft(circle: Circle) -> None:
    with refused("readers.reads_nothing"):
        await circle.readers.give(BEN, CRITIQUE)
