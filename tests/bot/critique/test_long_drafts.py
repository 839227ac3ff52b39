"""Long drafts: read in parts, each told what came before, then weighed as a whole; taken up after a restart."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.critique.ask import PARTS_MAX, READ
from bot.critique.critique import Mode, Wish
from bot.critique.parts import PIECE_MAX, packed, parts_of, pieces_of
from bot.database import Database
from bot.jobs.job import ReplyPlace
from bot.settings import Settings
from bot.words import say
from cogs.critique.presenter import CritiquePresenter
from cogs.critique.show import body_of
from tests.bot.critique.conftest import ADA, INVENTED, LOUNGE, Table, answer, note
from tests.scripted import ScriptedEngine

SENTENCES = [f"In chapter {number} the keeper went up and lit lamp number {number}." for number in range(400)]
LONG = "\n\n".join(SENTENCES)


def part_answer(number: int, *quotes: str) -> list[str]:
    return answer(*map(note, quotes), summary=f"The lamps up to part {number} are lit.")


def whole_answer(*keep: int) -> list[str]:
    return [
        json.dumps({"keep": keep, "strength": "It builds up, lamp by lamp.", "issue": "Every chapter is the same."})
    ]


async def test_each_part_is_told_what_came_before_and_the_notes_are_weighed_at_the_end(table: Table) -> None:
    ends = await table.critiques._parts(ADA, Wish(), LONG)
    assert len(ends) > 2
    for number in range(len(ends)):
        quotes = (SENTENCES[0], INVENTED) if number == 0 else (LONG[ends[number - 1] :].split("\n\n")[1],)
        table.engine.enqueue(part_answer(number, *quotes) if number + 1 < len(ends) else answer(*map(note, quotes)))
    table.engine.enqueue(whole_answer(2, 99, 1, 2))
    critique = await table.given(LONG)
    first, second, *_, weighing = table.engine.texts
    assert not any("came before" in part.text for part in first.parts)
    assert any("The lamps up to part 0 are lit." in part.text for part in second.parts)
    assert SENTENCES[0] in weighing.parts[-3].text
    assert "[Part 2 of" in second.parts[2].text
    assert critique.findings.strength == "It builds up, lamp by lamp."
    assert [one.quote for one in critique.findings.notes][1] == SENTENCES[0]
    assert critique.findings.dropped == 1
    assert critique.is_whole


async def test_where_the_weighing_names_no_note_each_part_speaks(table: Table) -> None:
    ends = await table.critiques._parts(ADA, Wish(), LONG)
    for number in range(len(ends)):
        quote = LONG[ends[number - 1] if number else 0 :].split("\n\n")[1]
        table.engine.enqueue(part_answer(number, quote) if number + 1 < len(ends) else answer(note(quote)))
    table.engine.enqueue(whole_answer(99))
    critique = await table.given(LONG)
    assert len(critique.findings.notes) == min(5, len(ends))
    assert [one.paragraph for one in critique.findings.notes] == sorted(
        one.paragraph for one in critique.findings.notes
    )


async def test_what_is_longer_than_all_parts_is_read_up_to_a_place_that_is_named(table: Table) -> None:
    novel = "\n\n".join(5 * SENTENCES)
    ends = await table.critiques._parts(ADA, Wish(), novel)
    assert len(ends) > PARTS_MAX
    for number in range(PARTS_MAX):
        said = part_answer(number, "the keeper went up and lit")
        table.engine.enqueue(said if number + 1 < PARTS_MAX else answer(note("the keeper went up and lit")))
    table.engine.enqueue(whole_answer(1))
    critique = await table.given(novel)
    assert not critique.is_whole
    assert 0 < critique.read_to < len(5 * SENTENCES)
    assert say("critique.read_to", paragraph=critique.read_to) in body_of(critique)


async def test_a_restart_between_two_parts_forgets_neither(settings: Settings, database: Database) -> None:
    settings.data_dir.mkdir(parents=True)
    before, later = ScriptedEngine(), ScriptedEngine()
    first = Table(settings, database, before)
    ends = await first.critiques._parts(ADA, Wish(), LONG)
    quotes = [LONG[start:].split("\n\n")[1] for start in (0, *ends[:-1])]
    before.enqueue(part_answer(0, quotes[0]))
    before.hold()
    async with first.services.queue.running():
        job = await first.critiques.critique(ADA, LOUNGE, ReplyPlace(LOUNGE.id), LONG, Wish())
        await before.came(1)
        before.release(1)
        await before.came(2)
    for number in range(1, len(ends)):
        said = part_answer(number, quotes[number])
        later.enqueue(said if number + 1 < len(ends) else answer(note(quotes[number])))
    later.enqueue(whole_answer(1, 2))
    second = Table(settings, database, later)
    async with second.services.queue.running():
        critique = await second.critiques.of_job(await second.ended(job))
    assert "[Part 2 of" in later.texts[0].parts[2].text
    assert [one.quote for one in critique.findings.notes] == quotes[:2]


async def test_who_cancels_between_two_parts_leaves_no_quotes_in_the_line(table: Table) -> None:
    table.engine.enqueue(part_answer(0, SENTENCES[0]))
    table.engine.hold()
    job = await table.critiques.critique(ADA, LOUNGE, ReplyPlace(LOUNGE.id), LONG, Wish())
    await table.engine.came(1)
    table.engine.release(1)
    await table.engine.came(2)
    assert SENTENCES[0] in json.dumps(await table.services.queue.export(ADA.id))
    await table.services.queue.cancel(job.id, ADA)
    assert "lamp" not in json.dumps(await table.services.queue.export(ADA.id))
    table.engine.release()


async def test_members_see_which_part_is_read(table: Table) -> None:
    presenter = CritiquePresenter(table.critiques)
    ends = await table.critiques._parts(ADA, Wish(), LONG)
    table.engine.hold()
    job = await table.critiques.critique(ADA, LOUNGE, ReplyPlace(LOUNGE.id), LONG, Wish())
    (said,) = await presenter.opening(job)
    assert said.text == f"Reading part 1 of {len(ends)}…"
    assert job.kind == READ
    table.engine.release()


async def test_a_long_line_edit_puts_each_parts_edits_where_they_belong(table: Table) -> None:
    ends = await table.critiques._parts(ADA, Wish(Mode.LINE), LONG)
    starts = [0, *ends[:-1]]
    for start, end in zip(starts, ends, strict=True):
        table.engine.enqueue([LONG[start:end].replace("In chapter", "At chapter", 1)])
    critique = await table.given(LONG, Wish(Mode.LINE))
    assert len(critique.findings.notes) == len(ends)
    assert all(one.quote in LONG for one in critique.findings.notes)
    assert all(one.advice == one.quote.replace("In", "At", 1) for one in critique.findings.notes)


async def test_parts_end_where_sentences_do_and_hold_what_there_is_room_for() -> None:
    engine = ScriptedEngine()
    ends = await parts_of(engine, LONG, 500)
    assert ends[-1] == len(LONG)
    parts = [LONG[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    assert all(len(part.split()) <= 500 for part in parts)
    assert all(part.rstrip().endswith(".") for part in parts)
    assert await parts_of(engine, "One short draft.", 500) == (16,)


@given(st.text(max_size=3_000))
def test_pieces_cover_a_text_without_gaps(text: str) -> None:
    ends = list(pieces_of(text))
    starts = [0, *ends]
    assert "".join(text[start:end] for start, end in zip(starts, ends, strict=False)) == text
    assert all(0 < end - start <= PIECE_MAX for start, end in zip(starts, ends, strict=False))


@given(st.lists(st.integers(1, 50), min_size=1), st.integers(1, 100))
def test_parts_are_as_few_as_hold_the_pieces_in_their_order(tokens: list[int], room: int) -> None:
    ends = list(range(1, len(tokens) + 1))
    cuts = list(packed(ends, tokens, room))
    assert cuts[-1] == len(tokens)
    sums = [sum(tokens[start:end]) for start, end in zip([0, *cuts], cuts, strict=False)]
    sizes = [end - start for start, end in zip([0, *cuts], cuts, strict=False)]
    assert all(total <= room or size == 1 for total, size in zip(sums, sizes, strict=True))
