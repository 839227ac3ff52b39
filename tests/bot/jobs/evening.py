"""A busy evening in a process of its own, for tests that kill it: prints the id of every accepted job."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.database import Database
from bot.jobs.queue import JobQueue
from bot.people import Member
from tests.bot.jobs.house import ADA, BEN, CAT, House, asked, ended
from tests.scripted import ScriptedEngine


async def turns(queue: JobQueue, member: Member) -> None:
    while True:
        job = await queue.submit(asked(member))
        sys.stdout.write(f"accepted {job.id}\n")
        sys.stdout.flush()
        await ended(queue, job.id)


async def evening(path: Path) -> None:
    async with Database.open(path) as database:
        queue = House(database, ScriptedEngine()).queue()
        async with queue.running():
            await asyncio.gather(*(turns(queue, member) for member in (ADA, BEN, CAT)))


if __name__ == "__main__":
    asyncio.run(evening(Path(sys.argv[1])))
