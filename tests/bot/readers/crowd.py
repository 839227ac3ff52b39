"""Thirty members at one line of drafts, in a process that is there to be killed: each acknowledged deed is a line."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.database import Database
from bot.errors import SalonError
from bot.people import Member
from tests.bot.readers.circle import CRITIQUE, Circle
from tests.bot.stories.making import CHANNEL, SERVER

MEMBERS = [Member(1_000 + number, f"Member {number}", SERVER) for number in range(30)]
LAST_KNOWN = 40  # of how many drafts, counted from the newest, one is named


class Guest:
    """A member who offers, takes, gives, puts back and withdraws as it comes."""

    def __init__(self, circle: Circle, member: Member, chance: random.Random) -> None:
        self._circle = circle
        self._member = member
        self._chance = chance
        self._deeds: list[Callable[[], Awaitable[int]]] = [
            self._offer, self._take, self._take, self._give, self._give, self._release, self._withdraw
        ]  # fmt: skip

    async def stay(self) -> None:
        """Do something else until the process dies."""
        while True:
            deed = self._chance.choice(self._deeds)
            try:
                subject = await deed()
            except SalonError:
                await asyncio.sleep(0)
            else:
                print(json.dumps([deed.__name__.strip("_"), self._member.id, subject]), flush=True)  # noqa: T201

    async def _offer(self) -> int:
        return (await self._circle.offered(self._member)).id

    async def _take(self) -> int:
        line = await self._circle.readers.line(CHANNEL)
        named = self._chance.choice([None, *(draft.id for draft in line[:LAST_KNOWN])])
        return (await self._circle.taken(self._member, named)).id

    async def _give(self) -> int:
        return (await self._circle.readers.give(self._member, CRITIQUE)).id

    async def _release(self) -> int:
        held = await self._circle.readers.held(self._member)
        return (await self._circle.readers.release(self._member, held.id)).id

    async def _withdraw(self) -> int:
        drafts = (await self._circle.readers.desk(self._member)).drafts
        draft, _ = await self._circle.readers.withdraw(self._member, drafts[0].id if drafts else 0)
        return draft.id


async def _meet(path: str, seed: int) -> None:
    """Let everyone act at once; each meeting is eighty hours after the one before, so that what was taken is free."""
    async with Database.open(Path(path)) as database:
        circle = Circle(database)
        circle.passes(hours=80 * seed)
        guests = (Guest(circle, member, random.Random(seed * 100 + member.id)) for member in MEMBERS)
        await asyncio.gather(*(guest.stay() for guest in guests))


if __name__ == "__main__":
    asyncio.run(_meet(sys.argv[1], int(sys.argv[2])))
