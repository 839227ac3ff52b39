"""What the AI proposes, until a member has decided on each: nothing enters by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.errors import NotFound
from bot.jobs.asker import Asker
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.lore import rules
from bot.lore.card import Card, CardState, Typed
from bot.lore.desk import LoreDesk
from bot.lore.proposing import ANSWER_TOKENS, PROPOSE_CARDS
from bot.people import Channel, Member
from bot.stories.excerpts import words_by_passage
from bot.stories.portions import portions, room_for
from bot.stories.story import Passage

_SPARE_TOKENS = ANSWER_TOKENS + 700
"""The answer, the rules, its shape, the known titles, and a repair."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The words that a proposal rests on: whose, in which passage of the path, counted from 1."""

    number: int
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a job reads: of which story, from which passage of the path to which, counted from 1."""

    title: str
    first: int
    last: int

    @classmethod
    def of(cls, job: Job) -> Read:
        """Return what a job was asked to read."""
        return cls(**job.asked["read"])


@dataclass(frozen=True, slots=True)
class Offer:
    """What a job proposed and what became of it; of a card without `grounds` its passage reads differently now.

    `untrue` counts proposals whose quotes stand nowhere, `unfit` those that no card could be made of. An answer that
    had no structure is told as `text`.
    """

    cards: tuple[Card, ...]
    grounds: Mapping[int, Ground]
    untrue: int = 0
    unfit: int = 0
    text: str = ""

    @property
    def next(self) -> Card | None:
        """Return the card to decide on next; None when all are decided."""
        return next((card for card in self.cards if card.state is CardState.PROPOSED), None)


class Offering(LoreDesk):
    """Asking for proposals, and deciding on them as one may add cards."""

    async def propose(self, member: Member, channel: Channel, reply: ReplyPlace, story_id: int | None = None) -> Job:
        """Have the AI propose cards from what was written since it last did; where that is nothing, from the end."""
        await self.check_ai(channel)
        story = await self.stories.check_takes_part(member, channel, story_id)
        path = await self.stories.passages(member, channel, story.id)
        read = self._portion(path, await self.cards.read_until(story.id))
        numbers = {passage.id: number for number, passage in enumerate(path, 1)}
        told = Read(story.title, numbers[read[0].id], numbers[read[-1].id])
        asked = {
            "asker": asdict(Asker.at(member, channel)),
            "read": asdict(told),
            "from_id": read[0].id,
            "until_id": read[-1].id,
        }
        weight = await self.roles.weight_of(member)
        return await self.queue.submit(
            NewJob(PROPOSE_CARDS, story.server_id, member.id, reply, asked, story_id=story.id, weight=weight)
        )

    async def unread(self, member: Member, channel: Channel, story_id: int | None = None) -> int:
        """Count the passages from which no cards were proposed yet."""
        story = await self.stories.story(member, channel, story_id)
        until = await self.cards.read_until(story.id)
        path = await self.stories.passages(member, channel, story.id)
        return sum(passage.id > until and not passage.removed for passage in path)

    async def offer(self, job: Job) -> Offer:
        """Return what a job proposed, as it stands now."""
        cards, result = tuple(await self.cards.of_job(job.id)), job.result or {}
        path = await self.stories.path_to(job.server_id, job.asked["until_id"])
        counts = result.get("untrue", 0), result.get("unfit", 0)
        return Offer(cards, _grounds(cards, path), *counts, result.get("text", ""))

    async def proposing_job(self, card: Card) -> Job:
        """Return the job that proposed a card."""
        if card.job_id is None:
            raise NotFound("lore.gone")
        return await self.queue.job(card.job_id)

    async def check_may_decide(self, member: Member, channel: Channel, card_id: int) -> Card:
        """Return a proposal that the member may decide on; raise why not, before she has written."""
        _, card = await self._proposed(member, channel, card_id)
        return card

    async def accept(self, member: Member, channel: Channel, card_id: int, typed: Typed | None = None) -> Card:
        """Make a proposal a card, as it is or as the member words it; from then on it is hers."""
        wording = rules.checked(typed) if typed else None
        async with self.database.transaction():
            story, card = await self._proposed(member, channel, card_id)
            await self._check_new(story, (wording or card.wording).title)
            if wording and wording != card.wording:
                await self.cards.rewrite(card, wording, member.id, self.clock())
            return await self.cards.put(card, CardState.KEPT, member.id)

    async def decline(self, member: Member, channel: Channel, card_id: int) -> Card:
        """Put a proposal aside; the same is not proposed again."""
        async with self.database.transaction():
            _, card = await self._proposed(member, channel, card_id)
            return await self.cards.put(card, CardState.DECLINED, card.added_by)

    def _portion(self, path: Sequence[Passage], until_id: int) -> list[Passage]:
        """Return what is read at once: the oldest of what is new, else the end of the story."""
        there = [passage for passage in path if not passage.removed]
        if not there:
            raise NotFound("lore.nothing_written")
        room = room_for(self.engine.card.window_tokens, _SPARE_TOKENS)
        new = [passage for passage in there if passage.id > until_id]
        return portions(new, room)[0] if new else portions(there, room)[-1]


def _grounds(cards: tuple[Card, ...], path: list[Passage]) -> dict[int, Ground]:
    by_id = {passage.id: (number, passage.author_name) for number, passage in enumerate(path, 1)}
    words = words_by_passage((card.source for card in cards if card.source), path)
    return {
        card.id: Ground(*by_id[card.source.passage_id], words[card.source]) for card in cards if card.source in words
    }
