"""People at several tables who write, let the AI write, change their minds and press buttons, all at once."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bench.evening.room import Table
from sandbox import Message, NeverHappened, NotAnswered, Refused

OPENING = "The lantern went out, and Mara heard the sea come up the stairs."
PATIENCE_S = 2.0
_TOKEN = re.compile(r"wave number (\d+)")
_numbers = itertools.count(1)


class Guest:
    """Somebody with a table of their own and an eye on the others'."""

    def __init__(self, own: Table, tables: Sequence[Table], chance: random.Random) -> None:
        self._own = own
        self._tables = tables
        self._chance = chance
        # Nobody turns through alternatives here: that shows one passage in another one's message.
        self._acts: tuple[Callable[[Table], Awaitable[object]], ...] = (
            self._add, self._add, self._continue, self._continue, self._answer, self._retry, self._undo, self._press,
        )  # fmt: skip

    async def begin(self) -> None:
        """Start a story at their own table."""
        table = self._own
        await table.guest.slash(table.channel, "story start", title=table.channel.name, opening=OPENING)

    async def act(self, is_over: asyncio.Event) -> None:
        """Do one thing after another until it is over; a bot that is gone is no reason to stop."""
        while not is_over.is_set():
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._chance.choice(self._acts)(self._chance.choice(self._tables))
            except (NotAnswered, NeverHappened, Refused, TimeoutError):
                continue

    async def _add(self, table: Table) -> None:
        await self._own.guest.slash(table.channel, "story add", text=_words())

    async def _continue(self, table: Table) -> None:
        await self._own.guest.slash(table.channel, "story continue")

    async def _answer(self, table: Table) -> None:
        await self._own.guest.slash(table.channel, "story continue", text=_words())

    async def _retry(self, table: Table) -> None:
        await self._own.guest.slash(table.channel, "story retry")

    async def _undo(self, table: Table) -> None:
        await self._own.guest.slash(table.channel, "story undo")

    async def _press(self, table: Table) -> None:
        offered = [(message, label) for message in table.channel.messages for label in ("Continue", "Retry", "Cancel")]
        possible = [(message, label) for message, label in offered if label in message.labels]
        if possible:
            await self._own.guest.press(*self._chance.choice(possible))


def tokens_in(texts: Iterable[str]) -> list[int]:
    """Find the numbers that guests gave their passages, each as often as it is there."""
    return [int(number) for text in texts for number in _TOKEN.findall(text)]


def is_kept(message: Message) -> bool:
    """Say whether a message tells its reader that the words in it are part of the story."""
    footers = [embed.get("footer", {}).get("text", "") for embed in message.embeds]
    return not message.ephemeral and bool(footers) and not any(text.endswith("being kept…") for text in footers)


def _words() -> str:
    return f"Then came wave number {next(_numbers)} and went again."
