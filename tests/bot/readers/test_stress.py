"""Thirty members at once on one file, killed and started again: no draft taken twice, no credit lost or doubled."""

from __future__ import annotations

import asyncio
import json
import math
import sys
from collections import Counter
from pathlib import Path

from bot.database import Database
from bot.errors import SalonError
from bot.readers.draft import Taking
from tests.bot.readers.circle import CRITIQUE, Circle
from tests.bot.readers.crowd import MEMBERS
from tests.bot.stories.making import SERVER

DEATHS = 3
DEEDS_A_LIFE = 150

Deed = tuple[str, int, int]


async def lived(path: Path, life: int) -> list[Deed]:
    """Let the crowd meet in a process, kill it in the middle, and return what it had acknowledged until then."""
    words = (sys.executable, "-m", "tests.bot.readers.crowd", str(path), str(life))
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    lines = [await process.stdout.readline() for _ in range(DEEDS_A_LIFE)]
    process.kill()
    rest, _ = await process.communicate()
    complete = (b"".join(lines) + rest).rpartition(b"\n")[0]
    return [tuple(json.loads(line)) for line in complete.splitlines()]


async def test_after_three_deaths_no_draft_was_taken_twice_and_every_credit_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "salon.sqlite3"
    deeds = [deed for life in range(DEATHS) for deed in await lived(path, life)]
    async with Database.open(path) as database:
        await nothing_was_lost(database, deeds)
        await nobody_was_doubled(database)
        await the_ledger_adds_up(database)
        await it_goes_on(database)


async def nothing_was_lost(database: Database, deeds: list[Deed]) -> None:
    """Find every acknowledged deed in the file."""
    done = Counter(name for name, _, _ in deeds)
    assert min(done[name] for name in ("offer", "take", "give", "release", "withdraw")) > 0
    drafts = {row["id"]: row for row in await database.fetch_all("SELECT * FROM reader_drafts")}
    takings = {row["id"]: row for row in await database.fetch_all("SELECT * FROM reader_takings")}
    for name, member_id, subject in deeds:
        row = (drafts if name in ("offer", "withdraw") else takings)[subject]
        assert row["author_id" if name in ("offer", "withdraw") else "reader_id"] == member_id
        ended = {"give": "given", "release": "released", "withdraw": "withdrawn"}
        assert row["outcome"] == ended.get(name, row["outcome"])


async def nobody_was_doubled(database: Database) -> None:
    """See that at each time a draft had one reader and a reader one draft, and a draft one critique at most."""
    takings = await database.fetch_all("SELECT * FROM reader_takings ORDER BY id")
    for whose in ("draft_id", "reader_id"):
        free_from: dict[int, float] = {}
        for taking in takings:
            assert taking["taken_at"] >= free_from.get(taking[whose], 0)
            free_from[taking[whose]] = taking["ended_at"] or math.inf
    given = Counter(taking["draft_id"] for taking in takings if taking["outcome"] == "given")
    assert given
    assert max(given.values()) == 1
    own = "SELECT 1 FROM reader_takings t JOIN reader_drafts d ON d.id = t.draft_id WHERE d.author_id = t.reader_id"
    assert await database.fetch_all(own) == []


async def the_ledger_adds_up(database: Database) -> None:
    """Count what each member must have from what became of drafts and takings, and compare."""
    circle = Circle(database)
    paid = "SELECT author_id FROM reader_drafts WHERE outcome IS NULL OR outcome = 'critiqued'"
    asked = Counter(row["author_id"] for row in await database.fetch_all(paid))
    earned = "SELECT reader_id FROM reader_takings WHERE outcome = 'given'"
    gave = Counter(row["reader_id"] for row in await database.fetch_all(earned))
    for member in MEMBERS:
        balance = await circle.ledger.balance(SERVER, member.id)
        assert balance == 1 + gave[member.id] - asked[member.id] >= 0
        entries = await circle.ledger.latest(member, 1)
        assert not entries or entries[0].balance == balance


async def it_goes_on(database: Database) -> None:
    """Take and give once more: what the dead process held is free again."""
    circle = Circle(database)
    circle.passes(hours=80 * DEATHS)
    taken = await asyncio.gather(*(circle.taken(member) for member in MEMBERS), return_exceptions=True)
    held = [taking for taking in taken if isinstance(taking, Taking)]
    assert held
    assert all(isinstance(taking, Taking | SalonError) for taking in taken)
    assert len({taking.draft.id for taking in held}) == len(held)
    await the_ledger_adds_up(database)


async def test_of_thirty_who_reach_for_one_draft_at_once_one_gets_it(circle: Circle) -> None:
    author, *readers = MEMBERS
    draft = await circle.offered(author)
    reached = await asyncio.gather(*(circle.taken(reader, draft.id) for reader in readers), return_exceptions=True)
    assert Counter(type(each).__name__ for each in reached) == {"Taking": 1, "NotFound": len(readers) - 1}


async def test_thirty_who_take_and_give_at_once_each_get_another_and_earn_a_credit(circle: Circle) -> None:
    for member in MEMBERS:
        await circle.offered(member)
    takings = await asyncio.gather(*map(circle.taken, MEMBERS))
    assert len({taking.draft.id for taking in takings}) == len(MEMBERS)
    twice = [circle.readers.give(member, CRITIQUE) for member in MEMBERS * 2]
    given = await asyncio.gather(*twice, return_exceptions=True)
    assert sum(isinstance(each, Taking) for each in given) == len(MEMBERS)
    assert [await circle.has(member) for member in MEMBERS] == [1] * len(MEMBERS)
