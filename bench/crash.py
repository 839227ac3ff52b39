"""A busy evening whose bot is killed at random moments and started again, over and over.

The bot is a process of its own that gets SIGKILL; its Discord, the sandbox, lives on here with everything it showed.

- `lost`: passages that were shown as kept and are not in the database, and accepted jobs that never ended, were never
  delivered, or left a spinner.
- `doubled`: passages stored twice, jobs that wrote two passages, answers that stand in a channel twice.
- `dead_buttons`: buttons that, at the end, nobody answers.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.evening.child import Child
from bench.evening.guests import Guest, is_kept, tokens_in
from bench.evening.room import SERVER, Table, set_tables
from bench.report import Figure, Report
from bot.database import Database
from bot.delivery.live import MARKER
from bot.jobs.job import Job, JobState
from bot.jobs.store import JobStore
from bot.stories.store import StoryStore
from bot.stories.story import Passage
from bot.words import say
from sandbox import Message, NeverHappened, NotAnswered, Person, Sandbox

ROUNDS = 30
TABLES = 4
FIRST_KILL_S, LAST_KILL_S = 0.1, 2.5
SETTLED_S = 120.0
_UNKNOWN = say("errors.unknown", id="").partition("`")[0]


@dataclass(frozen=True, slots=True)
class Damage:
    """What an evening did: how much there was, and how much of it was hurt."""

    acknowledged: int
    jobs: int
    buttons: int
    lost: int
    doubled: int
    dead_buttons: int


async def measure(rounds: int = ROUNDS, seed: int | None = None) -> Report:
    """Kill the bot `rounds` times in one evening, then look at what is left."""
    damage = await evening(rounds, random.Random(seed))
    figures = (
        Figure.of("lost", [damage.lost], "0"),
        Figure.of("doubled", [damage.doubled], "0"),
        Figure.of("dead_buttons", [damage.dead_buttons], "0"),
    )
    heading = ("killed", "passages acknowledged", "jobs accepted", "buttons pressed at the end")
    row = (str(rounds), str(damage.acknowledged), str(damage.jobs), str(damage.buttons))
    return Report("crash: killed at random moments of a busy evening", figures, (heading, row))


async def evening(kills: int, chance: random.Random) -> Damage:
    """Play an evening with so many deaths."""
    with TemporaryDirectory() as folder:
        discord, data_dir = Sandbox(), Path(folder) / "data"
        tables = set_tables(discord, TABLES)
        guests = [Guest(table, tables, random.Random(chance.random())) for table in tables]
        async with discord, Child(discord, data_dir) as salon:
            for guest in guests:
                await guest.begin()
            for _ in range(kills):
                await _busy(guests, chance.uniform(FIRST_KILL_S, LAST_KILL_S))
                await salon.kill()
                await salon.start()
            async with Database.open(data_dir / "salon.sqlite3") as database:
                return await _inspect(database, discord, tables)


async def _busy(guests: Sequence[Guest], seconds: float) -> None:
    """Let everybody act for a while, and leave things half done."""
    is_over = asyncio.Event()
    acts = [asyncio.create_task(guest.act(is_over)) for guest in guests]
    await asyncio.sleep(seconds)
    # Cancelling alone would not do: `asyncio.wait_for` may swallow it when what it waits for comes in the same instant.
    is_over.set()
    for act in acts:
        act.cancel()
    await asyncio.wait(acts)


async def _inspect(database: Database, discord: Sandbox, tables: Sequence[Table]) -> Damage:
    """Wait until everything is told, compare what was shown with what is stored, then press every button."""
    await _settle(database)
    jobs, passages = await _jobs(database), await _passages(database, discord)
    messages = [message for table in tables for message in table.channel.messages]
    acknowledged = set(tokens_in(message.content for message in messages if is_kept(message)))
    stored = Counter(tokens_in(passage.text for passage in passages))
    lost = len(acknowledged - stored.keys()) + sum(_is_lost(job, passages, messages) for job in jobs)
    doubled = sum(stored.values()) - len(stored) + _doubled_answers(passages, messages)
    pressed = await asyncio.gather(*(_press_all(table) for table in tables))
    await _settle(database)
    presses = [works for table in pressed for works in table]
    return Damage(len(acknowledged), len(jobs), len(presses), lost, doubled, presses.count(False))


async def _settle(database: Database) -> None:
    """Wait until every accepted job has ended and its end was told; what then is still open counts as lost."""
    for _ in range(int(SETTLED_S / 0.2)):
        if not await JobStore(database).undelivered():
            return
        await asyncio.sleep(0.2)


async def _jobs(database: Database) -> list[Job]:
    store = JobStore(database)
    jobs: list[Job] = []
    while job := await store.get(len(jobs) + 1):
        jobs.append(job)
    return jobs


async def _passages(database: Database, discord: Sandbox) -> list[Passage]:
    store = StoryStore(database)
    stories = await store.in_server(discord.guild_id(SERVER))
    return [passage for story in stories for passage in await store.all_passages(story.id)]


def _is_lost(job: Job, passages: Sequence[Passage], messages: Sequence[Message]) -> bool:
    """Say whether a job has not ended, has nothing to show for it, or left a message that still promises something."""
    if not job.state.has_ended or job.delivered_at is None or job.undeliverable:
        return True
    if job.state is JobState.DONE and not any(passage.job_id == job.id for passage in passages):
        return True
    message = next((message for message in messages if message.id == job.reply.message_id), None)
    return message is None or message.thinking or "Cancel" in message.labels or message.content.endswith(MARKER)


def _doubled_answers(passages: Sequence[Passage], messages: Sequence[Message]) -> int:
    """Count passages beyond the first of a job, and messages beyond the first of a passage."""
    by_job = Counter(passage.job_id for passage in passages if passage.by_ai)
    shown = Counter(message.content for message in messages if "Continue" in message.labels)
    by_text = [shown[passage.text] for passage in passages if passage.by_ai]
    return sum(count - 1 for count in by_job.values()) + sum(count - 1 for count in by_text if count > 1)


async def _press_all(table: Table) -> list[bool]:
    """Press every button that stands in a channel now; say of each whether it was answered."""
    offered = [(message, str(button["custom_id"])) for message in table.channel.messages for button in message.buttons]
    return [await _is_answered(table.guest, message, button) for message, button in offered]


async def _is_answered(person: Person, message: Message, custom_id: str) -> bool:
    button = next((b for b in message.buttons if b.get("custom_id") == custom_id), None)
    if button is None or button.get("disabled"):
        return True  # an earlier press has taken it away
    try:
        answer = await person.press(message, custom_id)
    except (NotAnswered, NeverHappened):
        return False
    return not (isinstance(answer, Message) and answer.content.startswith(_UNKNOWN))
