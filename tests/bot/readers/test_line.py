"""The readers' line: who may offer, take, put back and withdraw what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.people import Channel
from bot.readers.draft import DraftOutcome
from bot.readers.rules import DRAFT_MAX, OPEN_DRAFTS_MAX
from bot.readers.service import DESK_ENTRIES
from tests.bot.readers.circle import CRITIQUE, Circle
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL

BEHIND_A_GATE = replace(CHANNEL, id=11, is_age_restricted=True)
ELSEWHERE = Channel(20, 2)


async def test_an_offered_draft_waits_and_costs_a_credit(circle: Circle) -> None:
    draft = await circle.offered(ANA, " The\nLighthouse ", wish="Is the  end earned?", warning="A drowning.")
    assert (draft.title, draft.wish, draft.warning, draft.words) == (
        "The Lighthouse",
        "Is the end earned?",
        "A drowning.",
        7,
    )
    assert await circle.readers.line(CHANNEL) == [draft]
    assert await circle.has(ANA) == 0


async def test_who_has_no_credit_offers_nothing(circle: Circle) -> None:
    await circle.offered(ANA)
    with refused("readers.short_for_asking"):
        await circle.offered(ANA, "Another")
    assert await circle.line() == ["The Lighthouse"]
    assert await circle.has(ANA) == 0


@pytest.mark.parametrize(
    ("title", "text", "key"),
    [
        ("\u200b", "One two three four five.", "readers.bad_title"),
        ("x" * 101, "One two three four five.", "readers.bad_title"),
        ("Title", "Word.", "readers.short_draft"),
        ("Title", " \u200b", "safety.empty"),
        ("Title", "a " * DRAFT_MAX, "readers.long_draft"),
    ],
)
async def test_what_is_no_draft_is_refused_and_costs_nothing(circle: Circle, title: str, text: str, key: str) -> None:
    with refused(key):
        await circle.offered(ANA, title, text=text)
    assert await circle.line() == []
    assert await circle.has(ANA) == 1


async def test_a_draft_in_chinese_is_counted_by_its_characters(circle: Circle) -> None:
    assert (await circle.offered(ANA, "静夜思", text="床前明月光疑是地上霜")).words == 10


async def test_the_next_in_line_is_the_one_that_waits_longest_and_never_ones_own(circle: Circle) -> None:
    await circle.offered(ANA, "Hers")
    await circle.offered(BEN, "His")
    assert (await circle.taken(ANA)).draft.title == "His"
    assert (await circle.taken(BEN)).draft.title == "Hers"
    with refused("readers.nothing_waits"):
        await circle.taken(CEM)


async def test_nobody_takes_their_own_by_name_either(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    with refused("readers.own_draft"):
        await circle.taken(ANA, draft.id)


async def test_a_draft_is_read_by_one_and_a_reader_reads_one(circle: Circle) -> None:
    first, second = await circle.offered(ANA, "One"), await circle.offered(BEN, "Two")
    taking = await circle.taken(CEM, first.id)
    with refused("readers.does_not_wait"):
        await circle.taken(ADMIN, first.id)
    with refused("readers.holds_another"):
        await circle.taken(CEM, second.id)
    assert await circle.taken(CEM) == taking
    assert await circle.taken(CEM, first.id) == taking
    assert await circle.readers.held(CEM) == taking


async def test_the_text_is_for_the_author_and_the_reader(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    with refused("readers.not_your_draft"):
        await circle.readers.text(BEN, draft)
    await circle.taken(BEN)
    assert await circle.readers.text(BEN, draft) == await circle.readers.text(ANA, draft) != ""
    with refused("readers.not_your_draft"):
        await circle.readers.text(CEM, draft)


async def test_what_is_put_back_stands_where_it_stood_and_is_offered_to_others_first(circle: Circle) -> None:
    await circle.offered(ANA, "One")
    await circle.offered(BEN, "Two")
    await circle.readers.release(CEM, (await circle.taken(CEM)).id)
    assert await circle.line() == ["One", "Two"]
    second = await circle.taken(CEM)
    assert second.draft.title == "Two"
    await circle.readers.release(CEM, second.id)
    assert (await circle.taken(CEM)).draft.title == "One"


async def test_a_draft_whose_reader_is_gone_is_in_line_again_when_the_time_is_up(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    taking = await circle.taken(BEN)
    circle.passes(hours=71.9)
    assert await circle.line() == []
    circle.passes(hours=0.1)
    assert await circle.line() == [draft.title]
    with refused("readers.holds_nothing"):
        await circle.readers.give(BEN, CRITIQUE, taking.id)
    again = await circle.taken(CEM)
    assert (again.draft, again.due_at) == (draft, taking.due_at.replace(day=taking.due_at.day + 3))


async def test_admins_say_how_long_a_reader_has(circle: Circle) -> None:
    await circle.ledger.change_prices(ADMIN, {"hours": 1})
    await circle.offered(ANA)
    await circle.taken(BEN)
    circle.passes(hours=1)
    assert (await circle.taken(CEM)).reader_name == "Cem"


async def test_a_withdrawn_draft_gives_its_credit_back_once(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    assert await circle.readers.withdraw(ANA, draft.id) == (draft, 1)
    assert await circle.line() == []
    with refused("readers.left_line"):
        await circle.readers.withdraw(ANA, draft.id)
    assert await circle.has(ANA) == 1


async def test_a_draft_that_somebody_reads_is_not_withdrawn(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    await circle.taken(BEN)
    with refused("readers.being_read"):
        await circle.readers.withdraw(ANA, draft.id)
    circle.passes(hours=72)
    assert (await circle.readers.withdraw(ANA, draft.id))[1] == 1


async def test_admins_withdraw_anyones_draft_and_its_author_gets_the_credit(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    with refused("readers.not_your_draft"):
        await circle.readers.withdraw(BEN, draft.id)
    await circle.readers.withdraw(ADMIN, draft.id)
    assert (await circle.has(ANA), await circle.has(ADMIN)) == (1, 1)


async def test_one_member_fills_only_a_part_of_the_line(circle: Circle) -> None:
    await circle.ledger.change_prices(ADMIN, {"asking": 0})
    for number in range(OPEN_DRAFTS_MAX):
        await circle.offered(ANA, f"Number {number}")
    with refused("readers.too_many_drafts"):
        await circle.offered(ANA, "One more")
    assert await circle.has(ANA) == 1


async def test_what_is_offered_behind_an_age_gate_stays_behind_it(circle: Circle) -> None:
    draft = await circle.offered(ANA, channel=BEHIND_A_GATE)
    assert await circle.line() == []
    with refused("readers.nothing_waits"):
        await circle.taken(BEN)
    with refused("readers.does_not_wait"):
        await circle.taken(BEN, draft.id)
    taking = await circle.readers.take(BEN, BEHIND_A_GATE)
    assert taking.draft == draft
    for draft_id in (None, draft.id):
        with refused("readers.behind_gate"):
            await circle.taken(BEN, draft_id)
    assert await circle.readers.take(BEN, BEHIND_A_GATE) == taking


async def test_a_line_is_its_servers(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    there = replace(BEN, server_id=2)
    assert await circle.readers.line(ELSEWHERE) == []
    with refused("readers.does_not_wait"):
        await circle.readers.take(there, ELSEWHERE, draft.id)
    with refused("readers.unknown_draft"):
        await circle.readers.withdraw(replace(ADMIN, server_id=2), draft.id)


async def test_the_desk_shows_all_that_is_ones_own(circle: Circle) -> None:
    draft = await circle.offered(ANA)
    await circle.offered(BEN, "His")
    taking = await circle.taken(BEN, draft.id)
    held = await circle.taken(ANA)
    desk = await circle.readers.desk(ANA)
    assert (desk.balance, desk.drafts, desk.takings, desk.held, desk.read) == (0, [draft], [taking], held, [])
    given = await circle.readers.give(BEN, CRITIQUE)
    desk = await circle.readers.desk(ANA)
    assert desk.drafts == [replace(draft, outcome=DraftOutcome.CRITIQUED)]
    assert desk.takings == [given]
    assert (await circle.readers.desk(BEN)).read == [given]


async def test_the_desk_shows_what_is_in_line_and_was_critiqued_last_however_many_came_after(circle: Circle) -> None:
    await circle.ledger.change_prices(ADMIN, {"asking": 0})
    oldest, *_ = [await circle.offered(ANA, "Oldest"), await circle.offered(ANA, "Waits")]
    for number in range(DESK_ENTRIES + 1):
        await circle.offered(ANA, f"Number {number}")
        await circle.taken(BEN, (await circle.readers.desk(ANA)).drafts[0].id)
        await circle.readers.give(BEN, CRITIQUE)
        circle.passes(minutes=1)
    await circle.taken(BEN, oldest.id)
    await circle.readers.give(BEN, CRITIQUE)
    desk = await circle.readers.desk(ANA)
    assert [draft.title for draft in desk.drafts[:3]] == ["Waits", "Oldest", f"Number {DESK_ENTRIES}"]
    assert len(desk.drafts) == DESK_ENTRIES
    critiqued = {draft.id for draft in desk.drafts if draft.outcome}
    assert {taking.draft.id for taking in desk.takings} == critiqued
