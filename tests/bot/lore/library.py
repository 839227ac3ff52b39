"""A story night with lore: cards that are kept, recalled and proposed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.database import Database
from bot.jobs.job import Job
from bot.lore.card import Card, Priority, Typed
from bot.lore.nearness import Nearness
from bot.lore.recall import Recall
from bot.lore.service import LoreService
from bot.lore.store import LoreStore
from bot.people import Member
from bot.stories.remembering import Reminder
from models.meaning import Meaning
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, CHANNEL, NOON
from tests.meanings import BagOfWords
from tests.scripted import ScriptedEngine


class Library(Evening):
    """`lore` is the service under test; texts are as near as the words they share."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        super().__init__(database, engine)
        self.meaning = BagOfWords()
        self.cards = LoreStore(database)
        self.recall = self.recall_by(self.meaning)
        self.lore = LoreService(
            database=database,
            queue=self.queue,
            engine=engine,
            cards=self.cards,
            nearness=Nearness(self.cards, self.meaning),
            recall=self.recall,
            stories=self.stories,
            channels=self.channels,
            roles=self.roles,
            clock=lambda: NOON,
        )

    def recall_by(self, meaning: Meaning | None) -> Recall:
        """Return a recall that compares by this."""
        return Recall(self.cards, Nearness(self.cards, meaning), self.engine)

    async def knows(self, title: str = "The lamp", keys: str = "lamp", text: str = "It is dark.", **more: Any) -> Card:
        """Put a card into the current story's lore."""
        by: Member = more.pop("by", ANA)
        priority = Priority(more.pop("priority", "normal"))
        return await self.lore.add(by, CHANNEL, Typed(title, keys, text, priority=priority, **more))

    async def titles(self) -> list[str]:
        """Return the titles of the current story's lore."""
        return [card.title for card in await self.lore.of_story(ANA, CHANNEL)]

    async def reminders(self, recall: Recall | None = None) -> Sequence[Reminder]:
        """Return what the AI would be reminded of now."""
        story = await self.stories.story(ANA, CHANNEL)
        return await (recall or self.recall).reminders(story, await self.stories.passages(ANA, CHANNEL))

    async def proposed(self, *proposals: dict[str, Any], by: Member = ANA) -> Job:
        """Have the AI propose this; return the job as it ended."""
        self.engine.enqueue([json.dumps({"cards": proposals}, ensure_ascii=False)])
        return await self.ended(await self.lore.propose(by, CHANNEL, HERE))


def a_proposal(quote: str, title: str = "The lamp", **values: Any) -> dict[str, Any]:
    """Return a proposal as the model answers it."""
    return {"quote": quote, "title": title, "keys": [title.split()[-1].lower()], "text": f"{title} matters.", **values}
